using Journey.Contracts.Patients;
using Journey.Contracts.Visits;

namespace Journey.Domain.Patients;

/// <summary>When each particular was last said, whether or not it was news; null where it never was, or before times were kept.</summary>
public sealed record SaidTimes
{
    public DateTimeOffset? Number { get; init; }
    public DateTimeOffset? FamilyName { get; init; }
    public DateTimeOffset? GivenName { get; init; }
    public DateTimeOffset? BirthDate { get; init; }
    public DateTimeOffset? Sex { get; init; }
    public DateTimeOffset? Deceased { get; init; }
    public DateTimeOffset? Confidential { get; init; }
    public DateTimeOffset? Language { get; init; }
}

/// <summary>
/// Takes in what messages say of a person, each particular on its own: what was said later counts, in whatever order it is heard. A message that
/// waited somewhere for days does not give somebody back a name they no longer bear.
/// </summary>
public static class Particulars
{
    public static Patient Apply(Patient patient, PatientFacts facts, DateTimeOffset at)
    {
        var (known, times) = (patient.Ref with { Id = facts.Id }, patient.SaidAt);
        if (Counts(facts.Number is not null, times.Number)) (known, times) = (known with { Number = Text(facts.Number) }, times with { Number = at });
        if (Counts(facts.FamilyName is not null, times.FamilyName))
            (known, times) = (known with { FamilyName = Text(facts.FamilyName) }, times with { FamilyName = at });
        if (Counts(facts.GivenName is not null, times.GivenName))
            (known, times) = (known with { GivenName = Text(facts.GivenName) }, times with { GivenName = at });
        if (Counts(facts.BirthDate is not null, times.BirthDate))
            (known, times) = (known with { BirthDate = facts.BirthDate }, times with { BirthDate = at });
        if (Counts(facts.Sex is not null, times.Sex)) (known, times) = (known with { Sex = Text(facts.Sex) }, times with { Sex = at });
        if (Counts(facts.Deceased is not null, times.Deceased))
            (known, times) = (known with { Deceased = facts.Deceased == true }, times with { Deceased = at });
        if (Counts(facts.Confidential is not null, times.Confidential))
            (known, times) = (known with { Confidential = facts.Confidential == true }, times with { Confidential = at });
        if (Counts(facts.Language is not null, times.Language))
            (known, times) = (known with { Language = Text(facts.Language) }, times with { Language = at });
        return patient with { Ref = known, SaidAt = times };

        bool Counts(bool said, DateTimeOffset? last) => said && !(last > at);
    }

    /// <summary>
    /// What a message may say of somebody who is known: without what is <see cref="PatientFacts.Barred"/> to its sender and not so already. That
    /// somebody is not confidential is left out even where they are not: said under a later time it would outweigh the word that they are.
    /// </summary>
    public static PatientFacts Allowed(PatientRef known, PatientFacts facts)
    {
        if (facts.Barred.HasFlag(Barred.Unlock) && facts.Confidential == false) facts = facts with { Confidential = null };
        if (!facts.Barred.HasFlag(Barred.Rename)) return facts;
        if (known.Number is not null) facts = facts with { Number = Same(facts.Number, known.Number) };
        if (known is not { FamilyName: null, GivenName: null })
            facts = facts with { FamilyName = Same(facts.FamilyName, known.FamilyName), GivenName = Same(facts.GivenName, known.GivenName) };
        if (known.BirthDate is { } born && facts.BirthDate != born) facts = facts with { BirthDate = null };
        return known.Sex is null ? facts : facts with { Sex = Same(facts.Sex, known.Sex) };

        static string? Same(string? said, string? known) => Text(said) == known ? said : null;
    }

    /// <summary>What a message says otherwise than it stands, and may not change.</summary>
    /// <param name="known">As the person is known after the message.</param>
    public static Barred Withheld(PatientRef known, PatientFacts facts)
    {
        var unlocks = facts.Barred.HasFlag(Barred.Unlock) && facts.Confidential == false && known.Confidential;
        var renames = facts.Barred.HasFlag(Barred.Rename)
            && Allowed(known, facts with { Number = null, Confidential = null }) != facts with { Number = null, Confidential = null };
        return (unlocks ? Barred.Unlock : Barred.Nothing) | (renames ? Barred.Rename : Barred.Nothing);
    }

    /// <summary>An empty text was said to be cleared.</summary>
    private static string? Text(string? said) => string.IsNullOrEmpty(said) ? null : said;
}
