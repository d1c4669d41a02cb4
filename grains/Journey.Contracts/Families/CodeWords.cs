namespace Journey.Contracts.Families;

/// <summary>The patient's code word (45 CFR 164.510(b)); who does not know it hears at most a one-word condition.</summary>
/// <param name="Word">Four characters at least; null takes it away. Kept as a slow hash only.</param>
[GenerateSerializer, Immutable, Alias("visit.set-code-word.v1")]
public sealed record SetCodeWord(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] string? Word)
    : VisitCommand(Id, By, OccurredAt);

/// <summary>What came of a check of the code word.</summary>
[GenerateSerializer, Alias("care.code-word-check.v1")]
public enum CodeWordCheck
{
    Right,
    Wrong,
    /// <summary>Too many wrong ones: nothing is checked until <see cref="CodeWordChecked.LockedUntil"/>.</summary>
    Locked,
    /// <summary>The patient chose none.</summary>
    NoneSet,
    /// <summary>No such visit.</summary>
    Unknown,
}

/// <param name="MayHear">What whoever said it may hear.</param>
[GenerateSerializer, Immutable, Alias("care.code-word-checked.v1")]
public sealed record CodeWordChecked([property: Id(0)] CodeWordCheck Result, [property: Id(1)] Consent MayHear,
    [property: Id(2)] DateTimeOffset? LockedUntil = null);
