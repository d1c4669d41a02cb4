using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Visits;

namespace Journey.Domain.Facts;

/// <summary>Where a patient is: what messages say of places becomes stays.</summary>
internal static class Whereabouts
{
    /// <summary>Sets a location where none was known.</summary>
    public static Course Place(Course course, Said said, DateTimeOffset at) =>
        said.Location is { } location && (course.Stays.IsEmpty || course.Stays[^1].Until is not null && course.IsOpen)
            ? course with { Stays = course.Stays.Add(StayAt(course, Known(location), said, at)) }
            : course;

    /// <summary>Moves to another bed or unit: leaves what was planned or temporary behind. What is not said of the new place is not known.</summary>
    public static Course Move(Course course, Said said, DateTimeOffset at) =>
        said.Location is { } to
        ? Move(course, Known(to.Unit.Length == 0 && course.Location is { } known ? to with { Unit = known.Unit } : to), said, at)
        : course;

    /// <summary>
    /// A place that an update names. Within the unit it is a difference only: the present stay is at another place than thought, and no clock
    /// restarts. Another unit is a move. An empty part says nothing: it takes away no bed.
    /// </summary>
    public static Course Correct(Course course, Said said, DateTimeOffset at)
    {
        if (said.Location is not { } named || !course.IsOpen) return course;
        var to = Filled(named, course.Location);
        if (to == course.Location) return course;
        if (course.Location is { } from && from.Unit != to.Unit && !course.Stays.IsEmpty) return Move(course, to, said, at);
        return course.Stays.IsEmpty
            ? MarkPlace(course with { Stays = [StayAt(course, to, said, course.ArrivedAt ?? at)] }, at)
            : MarkPlace(course with { Stays = course.Stays.SetItem(course.Stays.Length - 1, StayAt(course, to, said, course.Stays[^1].Since)) }, at);
    }

    /// <summary>What a cancel says is true after it.</summary>
    /// <param name="isMove">Whether a move was taken back: then what is not said of the place is not known.</param>
    public static Course Restore(Course course, Said said, DateTimeOffset at, bool isMove)
    {
        if (said.Location is not { } named || !course.IsOpen) return course;
        if (named.Unit.Length == 0) named = named with { Unit = course.Unit };
        var to = isMove ? Known(named) : Filled(named, course.Location);
        if (to == course.Location) return course;
        return course.Stays.IsEmpty
            ? course with { Stays = [StayAt(course, to, said, course.ArrivedAt ?? at)] }
            : MarkPlace(course with { Stays = course.Stays.SetItem(course.Stays.Length - 1, StayAt(course, to, said, course.Stays[^1].Since)) }, at);
    }

    /// <summary>The patient reached a treatment room, or another place in which they go on waiting.</summary>
    public static Course MarkPlace(Course course, DateTimeOffset at)
    {
        if (!IsInEmergency(course)) return course;
        return course.Stay switch
        {
            { Kind: PlaceKind.Treatment } => CourseFold.Mark(course, Steps.Roomed, at),
            { Kind: PlaceKind.Unknown or PlaceKind.FastTrack, Location.Bed.Length: > 0 } when course.Class == PatientClass.Emergency =>
                CourseFold.Mark(course, Steps.Roomed, at, isAssumed: true),
            _ => course,
        };
    }

    public static bool IsInEmergency(Course course) => course.Stay switch
    {
        null => course.Class == PatientClass.Emergency,
        var stay => stay.Department == Department.Emergency,
    };

    public static ImmutableArray<Stay> CloseStay(ImmutableArray<Stay> stays, DateTimeOffset at) =>
        stays is [.., { Until: null } last] ? stays.SetItem(stays.Length - 1, last with { Until = at }) : stays;

    private static Course Move(Course course, Location to, Said said, DateTimeOffset at)
    {
        if (!course.IsOpen || to == course.Location) return course;
        var (before, wasEmergency, from) = (course.Unit, IsInEmergency(course), course.Stay);
        var stay = StayAt(course, to, said, at);
        var toAnother = to.Unit != before;
        var settled = course.Milestones.IsEmpty || course.Class != PatientClass.Emergency && toAnother && stay.Department != Department.Emergency;
        course = course with
        {
            Stays = CloseStay(course.Stays, at).Add(stay),
            TemporaryLocation = null,
            InTransit = false,
            MovedAt = course.MovedAt ?? at,
            Plan = course.Plan is { Kind: PlanKind.Discharge } ? course.Plan : null,
            // Whoever has no nurse has none here either, since they came.
            UnownedSince = course.UnownedSince is not null && toAnother ? at : course.UnownedSince,
        };
        if (toAnother && before.Length > 0)
            course = course with { Care = Returned(course, from, to) is { } back ? back : CareFold.Moved(course.Care, course.Nurse, at) };
        if (wasEmergency && stay.Department != Department.Emergency) course = course with { LeftDepartmentAt = course.LeftDepartmentAt ?? at };
        else if (stay.Department == Department.Emergency) course = course with { LeftDepartmentAt = null };
        if (course.BoardingSince is not null && toAnother && stay.Department != Department.Emergency)
            return CourseFold.Mark(course with { BoardingSince = null }, Steps.Admitted, at);
        return settled ? CourseFold.Mark(course, Steps.Admitted, at) : MarkPlace(course, at);
    }

    /// <summary>Back in the unit that had handed nobody over yet: there is nothing to hand over any more. Null otherwise.</summary>
    private static CareState? Returned(Course course, Stay? from, Location to)
    {
        if (from is null || course.Care.OpenHandoff is not { State: Contracts.Care.HandoffState.Required } required) return null;
        foreach (var stay in course.Stays)
            if (stay.Until == required.OfferedAt && stay.Location.Unit == to.Unit)
                return course.Care with { Handoffs = course.Care.Handoffs.RemoveAt(course.Care.Handoffs.Length - 1) };
        return null;
    }

    /// <summary>A stay, with what its place is for: as the policy knew it when it was said, else as in the stays of that unit before.</summary>
    private static Stay StayAt(Course course, Location location, Said said, DateTimeOffset since)
    {
        var department = said.Department ?? Department.Unknown;
        if (department == Department.Unknown)
        {
            foreach (var earlier in course.Stays)
                if (earlier.Location.Unit == location.Unit && earlier.Department != Department.Unknown) department = earlier.Department;
            if (department == Department.Unknown && course.Stays.IsEmpty && course.Class == PatientClass.Emergency) department = Department.Emergency;
        }

        return new Stay(location, since, null) { Kind = said.PlaceKind ?? PlaceKind.Unknown, Department = department };
    }

    /// <summary>A part that was said to be none is none.</summary>
    private static Location Known(Location said) =>
        said.Room is "" || said.Bed is "" ? said with { Room = Text(said.Room), Bed = Text(said.Bed) } : said;

    /// <summary>What is not said stays as it was, unless what is said cannot go with it.</summary>
    private static Location Filled(Location said, Location? known)
    {
        if (said.Unit.Length == 0 && known is not null) said = said with { Unit = known.Unit };
        if (known is null || known.Unit != said.Unit) return Known(said);
        var facility = said.Facility ?? known.Facility;
        if (said.Bed is { Length: > 0 } bed)
            return said with { Room = said.Room is null && Location.IsSame(bed, known.Bed) ? known.Room : Text(said.Room), Facility = facility };
        if (said.Room is { Length: > 0 } room && !Location.IsSame(room, known.Room)) return said with { Bed = null, Facility = facility };
        return said with { Room = said.Room is null ? known.Room : Text(said.Room), Bed = said.Bed is null ? known.Bed : null, Facility = facility };
    }

    private static string? Text(string? said) => string.IsNullOrEmpty(said) ? null : said;
}
