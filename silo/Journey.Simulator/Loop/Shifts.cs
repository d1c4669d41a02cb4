using Journey.Api;
using Journey.Simulator.Feed;
using Journey.Simulator.Model;
using StaffMember = Journey.Api.StaffMember;

namespace Journey.Simulator.Loop;

/// <summary>Who works here is enrolled once; at seven and at seven the shift begins for those of the half day.</summary>
internal sealed class Shifts(Floor floor, Timeline timeline)
{
    public IEnumerable<Deed> Enrol() => Staff.All().GroupBy(s => s.Who).Select(group => new Deed(
        floor.Key("enrol", group.Key.Id), Paths.Staff,
        new StaffMember(group.Key.Name, [.. group.Select(s => s.Role)], [.. group.Select(s => s.Unit).Distinct()]), group.Key.Name));

    public IEnumerable<Deed> Begin()
    {
        var (time, hour) = (floor.TimeOfDay, floor.TimeOfDay.Hour);
        var began = time.Date.WithOffset(time.Offset).AddHours(hour < 7 ? -5 : hour < 19 ? 7 : 19);
        var (from, until) = (timeline.Wall(began), timeline.Wall(began.AddHours(12)));
        foreach (var (who, role, unit) in Staff.All().Where(s => Staff.Works(s.Who, s.Role, s.Unit, time)))
            yield return new(floor.Key("shift", $"{who.Id}-{unit}-{began.UtcTicks}"), Paths.Shifts,
                new ShiftRequest(who.Name, role, unit, from, until), who.Name);
    }
}
