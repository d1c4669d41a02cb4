namespace Journey.Client.Http;

/// <summary>
/// What came of a request: it was done (<see cref="Ok"/>), it was refused (<see cref="Refused"/>), or nobody knows (<see cref="Unanswered"/>). There
/// is no fourth case.
/// </summary>
/// <typeparam name="T">What the server answers when it was done.</typeparam>
public abstract record Reply<T>
{
    private Reply() { }

    /// <summary>Done.</summary>
    /// <param name="Value">The answer.</param>
    public sealed record Ok(T Value) : Reply<T>;

    /// <summary>The server understood and said no. Asking again changes nothing.</summary>
    /// <param name="Problem">Why.</param>
    public sealed record Refused(Problem Problem) : Reply<T>
    {
        /// <summary>The problem's stable code; null when it has none.</summary>
        public string? Code => Problem.Code;

        /// <summary>True when what was asked for does not exist (404).</summary>
        public bool IsUnknown => Problem.Status == 404;

        /// <summary>Why, in one sentence for people.</summary>
        public string Why => Problem.Says ?? $"The server refused ({Problem.Status}).";
    }

    /// <summary>
    /// There was no answer, or one that says to try later. Nobody knows whether it was done: send the same again, a command with the same key.
    /// </summary>
    /// <param name="Problem">What the server said; null when it said nothing.</param>
    public sealed record Unanswered(Problem? Problem = null) : Reply<T>
    {
        /// <summary>What is known of it, in one sentence for people.</summary>
        public string Why =>
            Problem is null ? "The server did not answer." : Problem.Says ?? $"The server could not do it just now ({Problem.Status}).";
    }

    /// <summary>The answer, or the type's default when there is none.</summary>
    public T? ValueOrDefault => this is Ok ok ? ok.Value : default;

    /// <summary>Why there is no answer, in one sentence for people; null when there is one.</summary>
    public string? WhyNot => this switch
    {
        Refused refused => refused.Why,
        Unanswered unanswered => unanswered.Why,
        _ => null,
    };
}
