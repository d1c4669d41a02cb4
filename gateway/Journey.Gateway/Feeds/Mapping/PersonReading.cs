using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Patients;
using Journey.Contracts.Visits;
using Journey.Hl7;

namespace Journey.Gateway.Feeds.Mapping;

/// <summary>Reads who a message is about: PID, MRG, NK1, and the flag that locks a name.</summary>
internal static class PersonReading
{
    private static readonly string[] IdentifierTypes = ["MR", "MRN", "PI", "PT"];
    private const int MaxContacts = 20;

    /// <summary>The identifier a person is known by: a medical record number before any other, PID-3 before PID-2 and PID-4.</summary>
    public static Hl7Value Identifier(Hl7Segment pid)
    {
        foreach (var field in (ReadOnlySpan<int>)[3, 2, 4])
        {
            if (Best(pid[field]) is { HasValue: true } found) return found;
        }

        return default;
    }

    /// <summary>The identifier given up (MRG-1): of several, the one of the survivor's own authority and type.</summary>
    public static Hl7Value PriorIdentifier(Hl7Segment mrg, Hl7Value survivor)
    {
        foreach (var one in mrg[1].Repetitions)
        {
            if (one[1].HasValue && one[4].Name == survivor[4].Name && one[5].Name == survivor[5].Name) return one;
        }

        return Best(mrg[1]);
    }

    /// <summary>Always the same id for the same number of the same authority of the same sending facility; it tells nothing of them.</summary>
    public static PatientId Id(string facility, Hl7Value identifier) =>
        new(NameBasedGuid.Create(NameBasedGuid.Namespace, "patient", facility, identifier[4].Name, identifier[1].Name));

    public static PatientFacts Facts(PersonPart part, string facility, FeedProfile feed)
    {
        var pid = part.Pid;
        var identifier = Identifier(pid);
        var name = Name(pid[5]);
        return new()
        {
            Id = Id(facility, identifier),
            Number = Said.Value(identifier[1], Said.Identifier),
            FamilyName = pid[5].IsNull ? "" : Said.Text(name[1], Said.Name),
            GivenName = pid[5].IsNull ? "" : Said.Text(name[2], Said.Name),
            BirthDate = pid[7].TryGetTime(TimeZoneInfo.Utc, out var born) && born.Precision >= Hl7Precision.Day ? born.Date : null,
            Sex = Said.Text(pid[8], Said.Code),
            Language = Said.Text(pid[15], Said.Code),
            Deceased = Flag(pid[30]) ?? (pid[29].HasValue ? true : null),
            Confidential = Confidential(part, feed),
        };
    }

    /// <summary>NK1; uninitialised when the message names nobody.</summary>
    public static ImmutableArray<FamilyContact> Contacts(PersonPart part)
    {
        var contacts = ImmutableArray.CreateBuilder<FamilyContact>();
        foreach (var nk1 in part.Nk1)
        {
            var name = Name(nk1[2]);
            var full = $"{Said.Value(name[2], Said.Name)} {Said.Value(name[1], Said.Name)}".Trim();
            if (full.Length == 0 || contacts.Count == MaxContacts) continue;
            contacts.Add(new(full, Said.Value(nk1[3].Component(2), Said.Code) ?? Said.Value(nk1[3].Component(1), Said.Code)));
        }

        return contacts.Count == 0 ? default : contacts.ToImmutable();
    }

    /// <summary>A member of staff: <c>Dr Given Family</c>. Null when not said, without id and name when cleared.</summary>
    public static Person? Staff(Hl7Value field)
    {
        if (field.IsNull) return new Person("", "");
        foreach (var one in field.Repetitions)
        {
            var id = Said.Value(one[1], Said.Code);
            var parts = new[] { Said.Value(one[6], Said.Name), Said.Value(one[3], Said.Name), Said.Value(one[2], Said.Name) };
            var name = string.Join(' ', parts.Where(part => part is not null));
            if (id is not null || name.Length > 0) return new Person(id ?? "", name);
        }

        return null;
    }

    /// <summary>Of several names the legal or current one, else the first.</summary>
    private static Hl7Value Name(Hl7Value field)
    {
        foreach (var one in field.Repetitions)
        {
            if (one[7].Name.ToUpperInvariant() is "L" or "CURRENT" or "C" && (one[1].HasValue || one[2].HasValue)) return one;
        }

        return field.Repetition(1);
    }

    private static Hl7Value Best(Hl7Value field)
    {
        foreach (var type in IdentifierTypes)
        {
            foreach (var one in field.Repetitions)
            {
                if (one[1].HasValue && one[5].Name.Equals(type, StringComparison.OrdinalIgnoreCase)) return one;
            }
        }

        foreach (var one in field.Repetitions)
        {
            if (one[1].HasValue) return one;
        }

        return default;
    }

    private static bool? Confidential(PersonPart part, FeedProfile feed)
    {
        var protection = Flag(part.Pd1[12]);
        var vip = part.Pv1[16];
        if (protection == true || (vip.HasValue && feed.ConfidentialCodes.Contains(vip.Name))) return true;
        return vip.IsNull || protection == false ? false : null;
    }

    private static bool? Flag(Hl7Value value) => value.Kind switch
    {
        Hl7ValueKind.Absent => null,
        Hl7ValueKind.Null => false,
        _ => value.Name.ToUpperInvariant() switch { "Y" or "YES" or "1" or "T" or "TRUE" => true, "N" or "NO" or "0" or "F" or "FALSE" => false, _ => null },
    };
}
