using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Journey.Contracts.Families;

/// <summary>What hides a patient. Any of them hides even that they are here.</summary>
[GenerateSerializer, Alias("care.lock.v1")]
public enum PrivacyLock
{
    /// <summary>The patient opted out of the directory (45 CFR 164.510(a)).</summary>
    NoInformation,
    /// <summary>Known by the care team only.</summary>
    Confidential,
    /// <summary>Somebody means them harm.</summary>
    Safety,
}

[GenerateSerializer, Immutable, Alias("visit.set-lock.v1")]
public sealed record SetLock(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] PrivacyLock Lock, [property: Id(1)] bool On,
    [property: Id(2)] string? Reason)
    : VisitCommand(Id, By, OccurredAt);

/// <summary>What staff last said of one lock.</summary>
/// <param name="On">Set; else lifted.</param>
/// <param name="At">When they said so: of two words the later counts.</param>
[GenerateSerializer, Immutable, Alias("care.lock-word.v1")]
public sealed record LockWord([property: Id(0)] bool On, [property: Id(1)] DateTimeOffset At)
{
    /// <summary>The word that counts. Of two said at the same moment the one that hides.</summary>
    public static LockWord? Later(LockWord? a, LockWord? b) => (a, b) switch
    {
        (null, _) => b,
        (_, null) => a,
        _ => a.At > b.At || a.At == b.At && a.On ? a : b,
    };
}

/// <summary>
/// What staff said of each lock, a lifted one with it: only so does a word that comes late change nothing. Two of them can be put together in any
/// order and any number of times. The feed's flag is none of them.
/// </summary>
[GenerateSerializer, Immutable, Alias("care.person-locks.v1")]
public sealed record PersonLocks
{
    /// <summary>Null where nothing was ever said of it.</summary>
    [Id(0)] public LockWord? NoInformation { get; init; }
    [Id(1)] public LockWord? Confidential { get; init; }
    [Id(2)] public LockWord? Safety { get; init; }

    public static readonly PersonLocks None = new();

    /// <summary>Every kind of lock there is.</summary>
    public static readonly ImmutableArray<PrivacyLock> Kinds = [PrivacyLock.NoInformation, PrivacyLock.Confidential, PrivacyLock.Safety];

    public LockWord? this[PrivacyLock which] => which switch
    {
        PrivacyLock.NoInformation => NoInformation,
        PrivacyLock.Confidential => Confidential,
        PrivacyLock.Safety => Safety,
        _ => throw new ArgumentOutOfRangeException(nameof(which), which, "No such lock."),
    };

    /// <summary>The locks that are set.</summary>
    [JsonIgnore]
    public ImmutableArray<PrivacyLock> Held => this == None ? [] : Kinds.RemoveAll(which => !IsHeld(which));

    public bool IsHeld(PrivacyLock which) => this[which] is { On: true };

    public PersonLocks With(PrivacyLock which, LockWord? word) => which switch
    {
        PrivacyLock.NoInformation => this with { NoInformation = word },
        PrivacyLock.Confidential => this with { Confidential = word },
        PrivacyLock.Safety => this with { Safety = word },
        _ => throw new ArgumentOutOfRangeException(nameof(which), which, "No such lock."),
    };

    /// <summary>The later word on each lock; null where neither holds any.</summary>
    public static PersonLocks? Join(PersonLocks? a, PersonLocks? b) => a is null || b is null ? a ?? b : new()
    {
        NoInformation = LockWord.Later(a.NoInformation, b.NoInformation), Confidential = LockWord.Later(a.Confidential, b.Confidential),
        Safety = LockWord.Later(a.Safety, b.Safety),
    };
}

/// <summary>What is locked of the person whom a visit is for, as it is known of them.</summary>
/// <param name="Patient">
/// Whom the visit that is told was for when it said what it has locked: told for somebody else meanwhile, it says so again of them. Null: whoever it
/// is for.
/// </param>
[GenerateSerializer, Immutable, Alias("visit.hear-locks.v1")]
public sealed record HearLocks(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] PersonLocks Locks,
    [property: Id(1)] PatientId? Patient) : VisitCommand(Id, By, OccurredAt);
