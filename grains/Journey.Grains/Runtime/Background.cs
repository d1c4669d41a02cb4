namespace Journey.Grains.Runtime;

/// <summary>Calls that nobody waits for.</summary>
internal static class Background
{
    /// <summary>Lets a call go on by itself; when it fails that is told and passed over.</summary>
    public static void Run(Task call, Action<Exception> failed)
    {
        if (!call.IsCompletedSuccessfully) _ = Observe(call, failed);
    }

    private static async Task Observe(Task call, Action<Exception> failed)
    {
        try
        {
            await call;
        }
        catch (Exception e)
        {
            failed(e);
        }
    }
}
