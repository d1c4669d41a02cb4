namespace Journey.Grains.Tests;

/// <summary>Waits for what another grain will say soon. A timeout tells what was seen last.</summary>
internal static class Eventually
{
    public static async Task<T> See<T>(string what, Func<Task<T>> look, Func<T, bool> expected, Func<T, string>? describe = null)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        T last;
        while (!expected(last = await look()))
        {
            if (patience.IsCancellationRequested) Assert.Fail($"Never saw: {what}. Last seen: {describe?.Invoke(last) ?? last?.ToString()}");
            await Task.Delay(10);
        }

        return last;
    }
}
