using Microsoft.Extensions.Logging;

namespace Journey.Storage.Journal;

internal sealed partial class GroupCommit
{
    // The exception itself is not logged: a database quotes keys and values in its errors.
    [LoggerMessage(3001, LogLevel.Error, "A batch of {Count} was not confirmed ({Kind}): {Explanation} Its producers were told; the writer goes on.")]
    private partial void LogFailed(int count, string explanation, string kind);
}
