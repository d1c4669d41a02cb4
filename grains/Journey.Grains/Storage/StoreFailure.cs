using System.Data.Common;
using Journey.Contracts;

namespace Journey.Grains.Storage;

/// <summary>The store failed or did not answer. Never leaves a grain as it is: callers know <see cref="OutcomeUnknownException"/>.</summary>
public abstract class StoreFailure : Exception
{
    protected StoreFailure(string message, Exception? inner) : base(message, inner) { }

    /// <summary>The same in the contract's words, with its causes.</summary>
    public OutcomeUnknownException ToOutcome()
    {
        var causes = new List<string>();
        for (Exception? e = this; e is not null; e = e.InnerException)
            causes.Add(e is DbException { SqlState: { } state } ? $"{e.GetType().Name} {state}" : e.GetType().Name);
        return new OutcomeUnknownException(Message) { Cause = string.Join(", ", causes) };
    }
}

/// <summary>Turns a failing store into what the contract promises, for every grain in one place.</summary>
internal sealed class StoreFailureFilter : IIncomingGrainCallFilter
{
    public Task Invoke(IIncomingGrainCallContext context)
    {
        var call = context.Invoke();
        return call.IsCompletedSuccessfully ? call : Translate(call);
    }

    private static async Task Translate(Task call)
    {
        try
        {
            await call;
        }
        catch (StoreFailure e)
        {
            throw e.ToOutcome();
        }
    }
}

internal static class Activation
{
    /// <summary>
    /// For <c>OnActivateAsync</c>, which no filter sees: a grain that cannot read its stream does not come up, and says so in the contract's words.
    /// </summary>
    public static async Task Read(Func<Task> read)
    {
        try
        {
            await read();
        }
        catch (StoreFailure e)
        {
            throw e.ToOutcome();
        }
    }
}
