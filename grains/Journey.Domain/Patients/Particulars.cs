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
        var (known, said) = (patient.Ref, patient.SaidAt);
        var number = Counts(facts.Number is not null, said.Number);
        var familyName = Counts(facts.FamilyName is not null, said.FamilyName);
        var givenName = Counts(facts.GivenName is not null, said.GivenName);
        var birthDate = Counts(facts.BirthDate is not null, said.BirthDate);
        var sex = Counts(facts.Sex is not null, said.Sex);
        var deceased = Counts(facts.Deceased is not null, said.Deceased);
        var confidential = Counts(facts.Confidential is not null, said.Confidential);
        var language = Counts(facts.Language is not null, said.Language);
        return patient with
        {
            Ref = known with
            {
                Id = facts.Id,
                Number = number ? Text(facts.Number) : known.Number,
                FamilyName = familyName ? Text(facts.FamilyName) : known.FamilyName,
                GivenName = givenName ? Text(facts.GivenName) : known.GivenName,
                BirthDate = birthDate ? facts.BirthDate : known.BirthDate,
                Sex = sex ? Text(facts.Sex) : known.Sex,
                Deceased = deceased ? facts.Deceased == true : known.Deceased,
                Confidential = confidential ? facts.Confidential == true : known.Confidential,
                Language = language ? Text(facts.Language) : known.Language,
            },
            SaidAt = said with
            {
                Number = number ? at : said.Number,
                FamilyName = familyName ? at : said.FamilyName,
                GivenName = givenName ? at : said.GivenName,
                BirthDate = birthDate ? at : said.BirthDate,
                Sex = sex ? at : said.Sex,
                Deceased = deceased ? at : said.Deceased,
                Confidential = confidential ? at : said.Confidential,
                Language = language ? at : said.Language,
            },
        };

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
