using Journey.Contracts.Access;
using Journey.Hosting;

namespace Journey.Silo.Trust;

/// <summary>
/// Before every call of a grain: a caller whom no gateway has sealed is nobody, and nobody is admitted to a visit. Calls without one (feeds, boards, clocks, reminders) go on as they are; so do those of a grain
/// that still holds a caller from long ago, as nobody's.
/// </summary>
internal sealed partial class CallerCheck(CallerSeal seal, TimeProvider clock, ILogger<CallerCheck> log) : IIncomingGrainCallFilter
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);
    private long _told;

    public Task Invoke(IIncomingGrainCallContext context)
    {
        if (Caller.Current is null) return context.Invoke();
        if (Caller.Proof is { } proof && seal.Open(proof) is { } caller) caller.Enter();
        else
        {
            Caller.Leave();
            Tell();
        }

        return context.Invoke();
    }

    private void Tell()
    {
        var (now, told) = (clock.GetTimestamp(), Volatile.Read(ref _told));
        if ((told == 0 || clock.GetElapsedTime(told, now) > Pause) && Interlocked.CompareExchange(ref _told, now, told) == told) Unproven(log);
    }

    [LoggerMessage(1073, LogLevel.Warning, "A call came with a caller that no gateway has sealed, and was taken for nobody's: a forged one, a gateway with another key (Journey:Cluster:Trust:CallerKeyFile), or clocks that are minutes apart")]
    private static partial void Unproven(ILogger log);
}
