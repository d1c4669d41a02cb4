using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Staff;
using Journey.Domain;
using Journey.Domain.Policies;
using Journey.Domain.Staff;
using Journey.Grains.Runtime;
using Journey.Grains.Storage;
using Journey.Grains.Streams;

namespace Journey.Grains.Staff;

/// <summary>Everybody, and who is on duty where.</summary>
[GrainType("staff-directory")]
internal sealed class StaffGrain(IJournal journal, Policy policy, TimeProvider clock, DutyBook book) : Grain, IStaffGrain
{
    private static readonly TimeSpan LongestShift = TimeSpan.FromHours(24);

    private readonly Watchers<IDutyObserver> _silos = new(clock);
    private EventStream<StaffDirectory, StaffEvent> _stream = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _stream = new(KnownStreams.Staff, StaffKeys.All, journal, clock) { GiveUp = DeactivateOnIdle, Moved = Tell };
        return _stream.Open(cancellationToken);
    }

    public Task<Outcome> Enrol(CommandId id, Actor by, StaffMember member) => _stream.Execute(id, by, (staff, now) =>
    {
        var roles = member.Roles.Select(role => ShiftNames.RoleToGive(policy, role)).OfType<string>().Distinct().ToImmutableArray();
        if (roles.Length < member.Roles.Length) return ShiftNames.RoleNotGiven(policy);
        var enrolled = member with { Roles = roles };
        // A name may mean somebody who signs in: then it is them who are enrolled.
        if (!StaffIds.IsEmployee(member.Id) && Known.Meant(new(member.Id, member.Name), null, "", now) is var meant)
        {
            if (meant.Refusal is { } unclear) return unclear;
            enrolled = enrolled with { Id = meant.Person!.Id };
        }

        return News(staff, enrolled);
    });

    public async Task<Outcome> Meet(CommandId id, StaffMember member)
    {
        var known = member with { Roles = [.. member.Roles.Where(role => ShiftNames.RoleToGive(policy, role) is not null)] };
        return known.Roles.IsEmpty ? Outcome.Unchanged(_stream.Version) : await _stream
            .Execute(id, new Actor(member.Id, member.Name), (staff, _) => News(staff, known));
    }

    public Task<Person?> Meant(Person who, string unit) => Task.FromResult(Known.Meant(who, null, unit, clock.GetUtcNow()).Person);

    public Task<Outcome> BeginShift(CommandId id, Actor by, Shift shift) => _stream.Execute(id, by, (staff, now) =>
    {
        if (shift.Until <= shift.From || shift.Until - shift.From > LongestShift)
            return new Refusal(RefusalCodes.ShiftOutOfRange, $"A shift ends after it begins, and within {LongestShift.TotalHours:0} hours.");
        if (ShiftNames.Role(staff, policy, shift.Role) is not { } role) return ShiftNames.RoleUnknown(staff, policy);
        var directory = Known;
        var (who, unclear) = directory.Meant(shift.Who, null, shift.Unit, now);
        if (who is null) return unclear!;
        var same = staff.Shifts.FirstOrDefault(s => s.Unit == shift.Unit && s.Role == role && s.Until > now && directory.IsSame(s.Who.Id, who.Id));
        var begun = shift with { Role = role, Who = same?.Who ?? who };
        return staff.Shifts.Contains(begun) ? null : new ShiftBegun(begun);
    });

    public Task<Outcome> EndShift(CommandId id, Actor by, string member, string unit, string role) => _stream.Execute(id, by, (staff, now) =>
    {
        if (ShiftNames.Role(staff, policy, role) is not { } known) return ShiftNames.RoleUnknown(staff, policy);
        var directory = Known;
        if (staff.Shifts.FirstOrDefault(s => directory.IsSame(s.Who.Id, member) && s.Unit == unit && s.Role == known
            && s.From <= now) is not { } shift)
            return ShiftNames.ShiftUnknown(staff, known, unit, now);
        return shift.Until <= now ? null : new ShiftEnded(shift.Who.Id, unit, known, now, by);
    });

    public Task<ImmutableArray<StaffMember>> Members() =>
        Task.FromResult<ImmutableArray<StaffMember>>([.. _stream.State.Members.Values.OrderBy(m => m.Name, StringComparer.Ordinal)]);

    public Task<ImmutableDictionary<string, double>> NurseHours(DateTimeOffset from, DateTimeOffset until) =>
        Task.FromResult(_stream.State.NurseHours(from, until));

    public Task<ImmutableArray<Shift>> OnDuty(string? unit) => Task.FromResult(_stream.State.OnDuty(unit, clock.GetUtcNow()));

    public Task<ImmutableArray<Shift>> OnDutyOrComing(string? unit) => Task.FromResult(_stream.State.OnDutyOrComing(unit, clock.GetUtcNow()));

    public Task<DutyRoster?> WatchDuty(IDutyObserver observer, long known)
    {
        _silos.Add(observer);
        return Task.FromResult(known == _stream.Version ? null : Roster);
    }

    /// <summary>Made anew with each look: ask for it once.</summary>
    private Duty Known => new(_stream.Version, _stream.State.Shifts, [.. _stream.State.Members.Values]);

    private DutyRoster Roster => new(_stream.Version, _stream.State.Shifts) { Members = [.. _stream.State.Members.Values] };

    private void Tell(bool isRead)
    {
        var roster = Roster;
        book.Take(roster);
        _silos.Tell(silo => silo.DutyChanged(roster));
    }

    private static Decision<StaffEvent> News(StaffDirectory staff, StaffMember member) =>
        staff.Members.TryGetValue(member.Id, out var known) && IsSame(known, member) ? null : new Enrolled(member);

    private static bool IsSame(StaffMember a, StaffMember b) => a.Name == b.Name && a.Roles.SequenceEqual(b.Roles) && a.Units.SequenceEqual(b.Units);
}
