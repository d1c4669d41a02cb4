using Journey.Contracts.Families;
using Journey.Domain.Facts;

namespace Journey.Domain.Families;

/// <summary>
/// The locks that staff set. Each is a fact of the visit where it was set, so that it holds there at once, and is of the person: they are told, and
/// tell every visit of theirs. What is said later counts, wherever it was said.
/// </summary>
public static class StaffLocks
{
    /// <summary>The person is told at once; from then on the visit looks whether they were.</summary>
    private static readonly TimeSpan TellAgainAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan TellAgainAtLeastEvery = TimeSpan.FromHours(1);

    /// <summary>What was last said of each lock, here or on another visit of the person.</summary>
    public static PersonLocks InForce(Visit visit) => PersonLocks.Join(visit.Course.Care.Locks, visit.Patient.Locks)!;

    /// <summary>What was said here and the person does not know yet; null when they know all of it, or nobody knows who the visit is for.</summary>
    public static PersonLocks? Untold(Visit visit)
    {
        var said = visit.Course.Care.LocksOfPerson;
        if (said == PersonLocks.None || visit.Patient.Id == default) return null;
        foreach (var which in PersonLocks.Kinds)
            if (said[which] is { } word && visit.Patient.Locks?[which]?.At >= word.At) said = said.With(which, null);
        return said == PersonLocks.None ? null : said;
    }

    /// <summary>When to look whether the person was told; null when they were. Ever longer, for what keeps failing.</summary>
    internal static DateTimeOffset? NextDeadline(Visit visit, DateTimeOffset now)
    {
        if (Untold(visit) is not { } untold) return null;
        var since = PersonLocks.Kinds.Min(which => untold[which]?.At)!.Value;
        var after = TellAgainAfter;
        while (since + after <= now && after < TellAgainAtLeastEvery) after *= 2;
        return since + after > now ? since + after : now + TellAgainAtLeastEvery;
    }

    /// <summary>By what a word is known: said again it is the same.</summary>
    public static string Key(PersonLocks locks) =>
        string.Join(' ', PersonLocks.Kinds.Where(which => locks[which] is not null)
            .Select(which => FormattableString.Invariant($"{which} {locks[which]!.On} {locks[which]!.At.UtcTicks}")));

    /// <summary>
    /// Whoever asks for a lock that somebody else has set has a word of their own, which stands when the other one takes theirs back.
    /// </summary>
    internal static Decision Decide(Visit visit, SetLock command)
    {
        var said = Say(visit, command.Lock, command.On, command.Reason, command.OccurredAt);
        var known = InForce(visit);
        if (known.IsHeld(command.Lock) != command.On) return Decision.Accept(said);
        return command.On && !visit.Entries.Any(e => e is { Undone: false, Fact: LockSet { On: true } theirs } && theirs.Lock == command.Lock
            && e.By.Id == command.By.Id && known[command.Lock] == new LockWord(true, theirs.At))
            ? Decision.Accept(said with { Confirms = true })
            : Decision.Nothing;
    }

    /// <summary>Somebody locks, or lifts. It is said after all that is known, whatever the clock of who says so.</summary>
    internal static LockSet Say(Visit visit, PrivacyLock which, bool on, string? reason, DateTimeOffset at) =>
        new(InForce(visit)[which] is { } last && last.At >= at ? last.At.AddTicks(1) : at, which, on, reason) { OfPerson = true };

    /// <summary>
    /// What was said is taken back: other visits may know it, so that what stood before is said anew. Nothing where somebody has said something
    /// since, which stands, nor where it was of this visit alone.
    /// </summary>
    internal static IEnumerable<LockSet> TakeBack(Visit visit, LockSet said, DateTimeOffset now) =>
        said is { OfPerson: true, Confirms: null } && InForce(visit)[said.Lock] == new LockWord(said.On, said.At)
        ? [Say(visit, said.Lock, !said.On, null, now) with { TakesBack = true }]
        : [];

    /// <summary>What is known of the person. A visit that is only about to begin is told with its first message, and again after it.</summary>
    internal static Decision Receive(Visit visit, HearLocks heard)
    {
        if (!visit.Exists || heard.Patient is { } person && person != visit.Patient.Id) return Decision.Nothing;
        var patient = visit.Patient with { Locks = PersonLocks.Join(visit.Patient.Locks, heard.Locks) };
        return patient == visit.Patient ? Decision.Nothing : Decision.Accept(new Identified(patient));
    }
}
