using Journey.Contracts;

namespace Journey.Grains.Storage;

/// <summary>The store failed or did not answer. Never leaves a grain as it is: callers know <see cref="OutcomeUnknownException"/>.</summary>
public abstract class StoreFailure : Exception
{
    protected StoreFailure(string message, Exception? inner) : base(message, inner) { }
}

/// <summary>Turns a failing store into what the contract promises, for every grain in one place.</summary>
internal sealed class StoreFailureFilter : IIncomingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        try
        {
            await context.Invoke();
        }
        catch (StoreFailure e)
        {
            throw new OutcomeUnknownException(e.Message);
        }
    }
}

internal static class Activation
{
    /// <summary>For <c>OnActivateAsync</c>, which no filter sees: a grain that cannot read its stream does not come up, and says so in the contract's words.</summary>
    public static async Task Read(Func<Task> read)
    {
        try
        {
            await read();
        }
        catch (StoreFailure e)
        {
            throw new OutcomeUnknownException(e.Message);
        }
    }
}
