using Journey.Contracts;
using Journey.Grains.Storage;

namespace Journey.Grains.Streams;

/// <summary>
/// The one append of every grain that writes a stream. The grain folds and serialises before it and believes nothing until it returned, so that memory never
/// holds what is not durable, and a bug in either is not taken for a broken store.
/// </summary>
/// <param name="fallBehind">Makes sure that the stream is read anew: for most grains, that this activation ends and the next one reads it.</param>
internal sealed class Appender(IJournal journal, Action fallBehind)
{
    /// <summary>From an append whose outcome nobody knows, or which another activation was ahead of, until the stream was read anew. Nothing is appended meanwhile.</summary>
    public bool IsBehind { get; private set; }

    /// <exception cref="OutcomeUnknownException">The store failed: only reading the stream tells whether the commit landed.</exception>
    public async Task<AppendResult> Append(Commit commit)
    {
        if (IsBehind) throw new OutcomeUnknownException();
        try
        {
            return await journal.Append(commit);
        }
        catch (StoreFailure e)
        {
            throw FallBehind(e);
        }
        catch (Exception)
        {
            // A bug, and told as one. Whether something was written before it nobody knows either.
            FallBehind(null);
            throw;
        }
    }

    /// <summary>Gives up what is in memory. The caller retries with the same id and finds what the journal says.</summary>
    public OutcomeUnknownException FallBehind(StoreFailure? cause)
    {
        IsBehind = true;
        fallBehind();
        return cause?.ToOutcome() ?? new OutcomeUnknownException();
    }

    /// <summary>The stream was read anew.</summary>
    public void CaughtUp() => IsBehind = false;
}
