using System.Collections.Frozen;
using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Patients;
using Journey.Gateway.Feeds.Profiles;
using Journey.Gateway.Feeds.Reading;
using Journey.Hl7;

namespace Journey.Gateway.Feeds.Mapping;

/// <summary>One number of a person, with who gave it.</summary>
/// <param name="Value">As it was sent.</param>
internal readonly record struct Identifier(Hl7Value Value, Authority Authority)
{
    public string Number => Value[1].Name;
    public string Type => Value[5].Name;
    public PatientId Id => PatientId.From(Authority.Namespace, Authority.UniversalId, Authority.UniversalIdType, Number);
}

/// <summary>By which numbers a message knows a person.</summary>
internal sealed class Identifiers(Hl7Message message, FeedProfile feed, EventTimes times)
{
    private const int MaxAliases = 16;
    private const int ShortestNines = 4;
    private static readonly string[] Preferred = ["MR", "MRN", "PI", "PT"];

    /// <summary>
    /// Types of table 0203, and what some write instead, whose numbers are not a person's: an account's or a visit's, one that a family shares, one
    /// that is a secret.
    /// </summary>
    private static readonly FrozenSet<string> OfNoPerson = new[]
    {
        "AN", "ANC", "AND", "ANT", "ACC", "ACCT", "ACCOUNT", "HAR", "BA", "BC", "FIN", "VN", "VISIT", "VISITID", "ENC", "CSN", "EN", "XX", "FI",
        "SS", "SSN", "DL", "PPN", "TAX", "MC", "MCD", "MCN", "MCR", "MCT", "MA", "MB", "SN", "GI", "GL", "GN", "NII", "NIIP", "INS", "EI", "WC",
        "WCN", "MEDICARE", "MEDICAID",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Words =
        new[] { "UNKNOWN", "UNK", "NONE", "NULL", "N/A", "NA" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private readonly Authority _sender = Authority.Sender(message).As(feed.Authorities);

    /// <summary>
    /// The identifier the person is known by: a medical record number before any other, PID-3 before PID-2 and PID-4. What has expired, or is a
    /// number of something else, stands in only where the visit tells nobody apart either; what a clerk enters for want of a number never does. None
    /// then.
    /// </summary>
    public Identifier Known(PersonPart part)
    {
        var pid = part.Pid;
        foreach (var field in (ReadOnlySpan<int>)[3, 2, 4])
        {
            if (Best(pid[field], IsOwn) is { HasValue: true } found) return Read(found);
        }

        if (VisitReading.Number(part) is not null) return default;
        foreach (var field in (ReadOnlySpan<int>)[3, 2, 4])
        {
            if (Best(pid[field], one => one[1].HasValue && !IsDummy(one[1].Name)) is { HasValue: true } found) return Read(found);
        }

        return default;
    }

    /// <summary>Whoever has no number of their own is known by the visit's: two of them are two persons.</summary>
    public PatientId OfVisit(PersonPart part) =>
        new(AuthorityOf(VisitReading.NumberField(part), default).Name("nobody", VisitReading.Number(part) ?? ""));

    /// <summary>Every other number that leads to the same person.</summary>
    public ImmutableArray<PatientId> Aliases(Hl7Segment pid, PatientId known)
    {
        var aliases = ImmutableArray.CreateBuilder<PatientId>();
        foreach (var field in (ReadOnlySpan<int>)[3, 2, 4])
        {
            foreach (var one in pid[field].Repetitions)
            {
                if (!IsOwn(one) || one[1].Name.Length > Said.Identifier || Read(one).Id is var id && (id == known || aliases.Contains(id))) continue;
                aliases.Add(id);
                if (aliases.Count == MaxAliases) return aliases.ToImmutable();
            }
        }

        return aliases.ToImmutable();
    }

    /// <summary>The id by which the versions before knew the number.</summary>
    public PatientId Earlier(Identifier known) =>
        new(NameBasedGuid.Create(NameBasedGuid.Namespace, "patient", message.SendingFacility, known.Value[4].Name, known.Number));

    /// <summary>
    /// The identifiers given up (MRG-1): each that is not the survivor's own. Without an authority of its own one has the survivor's.
    /// </summary>
    public ImmutableArray<Identifier> GivenUp(Hl7Segment mrg, Identifier survivor, PatientFacts facts)
    {
        var found = ImmutableArray.CreateBuilder<Identifier>();
        foreach (var one in mrg[1].Repetitions)
        {
            if (!IsPersons(one) || one[1].Name.Length > Said.Identifier) continue;
            var given = Prior(one, survivor);
            if (given.Id != facts.Id && !facts.Aliases.Contains(given.Id) && !found.Any(f => f.Id == given.Id) && found.Count < MaxAliases)
                found.Add(given);
        }

        return found.ToImmutable();
    }

    /// <summary>Of the identifiers in MRG-1 the one of the survivor's own authority and type, else the best.</summary>
    public Identifier Prior(Hl7Segment mrg, Identifier survivor)
    {
        foreach (var one in mrg[1].Repetitions)
        {
            if (one[1].HasValue && Prior(one, survivor).Authority == survivor.Authority && one[5].Name == survivor.Type) return Prior(one, survivor);
        }

        return Best(mrg[1], one => one[1].HasValue) is { HasValue: true } best ? Prior(best, survivor) : default;
    }

    /// <summary>The number's authority, or the person's where it has none of its own.</summary>
    public Authority AuthorityOf(Hl7Value number, Identifier person) =>
        Authority.From(number) is { IsEmpty: false } own ? own.As(feed.Authorities) : person.Value.HasValue ? person.Authority : _sender;

    /// <summary>The book of a visit number or an account.</summary>
    /// <param name="field">Where it stands.</param>
    /// <param name="person">Whose it is: their authority stands in for its own.</param>
    public Guid NumberKey(Hl7Value field, string number, Identifier person) => AuthorityOf(field, person).Name("visit-number", number);

    /// <summary>Who gave a visit number or an account; null when the field does not say.</summary>
    public string? NumberOf(Hl7Value field) => Authority.From(field) is { IsEmpty: false } own ? own.As(feed.Authorities).ToString() : null;

    private Identifier Prior(Hl7Value one, Identifier survivor) => new(one, AuthorityOf(one, survivor));

    private Identifier Read(Hl7Value one) => new(one, Authority.From(one) is { IsEmpty: false } own ? own.As(feed.Authorities) : _sender);

    private bool IsOwn(Hl7Value one) => IsPersons(one) && !times.HasPassed(one[8]);

    private static bool IsPersons(Hl7Value one) => one[1].HasValue && !OfNoPerson.Contains(one[5].Name) && !IsDummy(one[1].Name);

    /// <summary>All zeros or all nines, or a word: what a clerk enters for want of a number, so that many persons have it.</summary>
    private static bool IsDummy(string number)
    {
        if (Words.Contains(number)) return true;
        var digits = number.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        return digits.Length > 0
            && (!digits.AsSpan().ContainsAnyExcept('0') || (digits.Length >= ShortestNines && !digits.AsSpan().ContainsAnyExcept('9')));
    }

    private static Hl7Value Best(Hl7Value field, Func<Hl7Value, bool> counts)
    {
        foreach (var type in Preferred)
        {
            foreach (var one in field.Repetitions)
            {
                if (counts(one) && one[5].Name.Equals(type, StringComparison.OrdinalIgnoreCase)) return one;
            }
        }

        foreach (var one in field.Repetitions)
        {
            if (counts(one)) return one;
        }

        return default;
    }
}
