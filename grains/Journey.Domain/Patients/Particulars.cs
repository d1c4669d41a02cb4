using Journey.Contracts.Patients;

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
/// Takes in what messages say of a person, each particular on its own: what was said later counts, in whatever order it is heard. A message that waited
/// somewhere for days does not give somebody back a name they no longer bear.
/// </summary>
public static class Particulars
{
    public static Patient Hear(Patient patient, PatientFacts facts, DateTimeOffset at)
    {
        var (known, times) = (patient.Ref with { Id = facts.Id }, patient.SaidAt);
        if (Counts(facts.Number is not null, times.Number)) (known, times) = (known with { Number = Text(facts.Number) }, times with { Number = at });
        if (Counts(facts.FamilyName is not null, times.FamilyName)) (known, times) = (known with { FamilyName = Text(facts.FamilyName) }, times with { FamilyName = at });
        if (Counts(facts.GivenName is not null, times.GivenName)) (known, times) = (known with { GivenName = Text(facts.GivenName) }, times with { GivenName = at });
        if (Counts(facts.BirthDate is not null, times.BirthDate)) (known, times) = (known with { BirthDate = facts.BirthDate }, times with { BirthDate = at });
        if (Counts(facts.Sex is not null, times.Sex)) (known, times) = (known with { Sex = Text(facts.Sex) }, times with { Sex = at });
        if (Counts(facts.Deceased is not null, times.Deceased)) (known, times) = (known with { Deceased = facts.Deceased == true }, times with { Deceased = at });
        if (Counts(facts.Confidential is not null, times.Confidential)) (known, times) = (known with { Confidential = facts.Confidential == true }, times with { Confidential = at });
        if (Counts(facts.Language is not null, times.Language)) (known, times) = (known with { Language = Text(facts.Language) }, times with { Language = at });
        return patient with { Ref = known, SaidAt = times };

        bool Counts(bool said, DateTimeOffset? last) => said && !(last > at);
    }

    /// <summary>An empty text was said to be cleared.</summary>
    private static string? Text(string? said) => string.IsNullOrEmpty(said) ? null : said;
}
