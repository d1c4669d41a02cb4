using Journey.Contracts;
using Journey.Contracts.Patients;
using Journey.Contracts.Staff;
using Journey.Gateway.Feeds.Profiles;
using Journey.Gateway.Feeds.Reading;
using Journey.Hl7;

namespace Journey.Gateway.Feeds.Mapping;

/// <summary>Reads what a message says of a person: PID, and the fields that lock a name.</summary>
internal static class PersonReading
{
    /// <param name="known">The identifier the person is known by; none where only the visit tells them apart.</param>
    public static PatientFacts Facts(PersonPart part, Identifier known, Identifiers identifiers, FeedProfile feed)
    {
        var pid = part.Pid;
        var name = Name(pid[5]);
        var isKnown = known.Value.HasValue;
        var id = isKnown ? known.Id : identifiers.OfVisit(part);
        return new()
        {
            Id = id,
            Aliases = identifiers.Aliases(pid, id),
            Earlier = isKnown ? identifiers.Earlier(known) : null,
            Number = Said.Value(known.Value[1], Said.Identifier),
            FamilyName = pid[5].IsNull ? "" : Said.Text(name[1], Said.Name),
            GivenName = pid[5].IsNull ? "" : Said.Text(name[2], Said.Name),
            BirthDate = pid[7].TryGetTime(TimeZoneInfo.Utc, out var born) && born.Precision >= Hl7Precision.Day ? born.Date : null,
            Sex = Said.Text(pid[8], Said.Code),
            Language = Said.Text(pid[15], Said.Code),
            Deceased = Confidentiality.Flag(pid[30]) ?? (pid[29].HasValue ? true : null),
            Confidential = Confidentiality.Read(part, feed),
            Barred = (feed.May.HasFlag(FeedMay.Rename) ? Barred.Nothing : Barred.Rename)
                | (feed.May.HasFlag(FeedMay.Unlock) ? Barred.Nothing : Barred.Unlock)
                | (feed.May.HasFlag(FeedMay.Merge) ? Barred.Nothing : Barred.Unite),
        };
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
            if (id is not null || name.Length > 0) return new Person(id is null ? "" : StaffIds.Sent(id), name);
        }

        return null;
    }

    /// <summary>Of several names the legal or current one, else the first.</summary>
    internal static Hl7Value Name(Hl7Value field)
    {
        foreach (var one in field.Repetitions)
        {
            if (one[7].Name.ToUpperInvariant() is "L" or "CURRENT" or "C" && (one[1].HasValue || one[2].HasValue)) return one;
        }

        return field.Repetition(1);
    }
}
