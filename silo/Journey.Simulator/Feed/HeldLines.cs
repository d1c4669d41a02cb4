namespace Journey.Simulator.Feed;

/// <summary>
/// A network that fails for some minutes, again and again. What is said meanwhile is held and then sent at once, with the times of when it was said:
/// the receiver meets a backlog.
/// </summary>
/// <param name="every">From the end of one outage to the beginning of the next.</param>
/// <param name="length">How long each lasts.</param>
internal sealed class HeldLines(IFeedLines lines, TimeSpan every, TimeSpan length, TimeProvider clock) : IFeedLines
{
    private readonly DateTimeOffset _began = clock.GetUtcNow();

    public async Task Send(byte[] message, string controlId, CancellationToken cancellation)
    {
        var since = TimeSpan.FromTicks((clock.GetUtcNow() - _began).Ticks % (every + length).Ticks);
        if (since >= every) await Task.Delay(every + length - since, clock, cancellation);
        await lines.Send(message, controlId, cancellation);
    }
}
