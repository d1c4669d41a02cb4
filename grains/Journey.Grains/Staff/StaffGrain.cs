using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Staff;
using Journey.Contracts.Visits;
using Journey.Domain.Policies;
using Journey.Domain.Staff;
using Journey.Grains.Boards;
using Journey.Grains.Storage;
using Journey.Grains.Streams;

namespace Journey.Grains.Staff;

/// <summary>Everybody, and who is on duty where.</summary>
[GrainType("staff-directory")]
internal sealed class StaffGrain(IJournal journal, Policy policy, TimeProvider clock, DutyBook book) : Grain, IStaffGrain
{
    private static readonly TimeSpan LongestShift = TimeSpan.FromHours(24);

    private readonly Watchers<IDutyObserver> silos = new(clock);
    private EventStream<StaffDirectory> stream = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        stream = new(journal, DeactivateOnIdle, StaffKeys.All, StaffDirectory.Empty, (state, payload) => StaffJson.Read(payload.Span).Aggregate(state, (s, e) => s.Fold(e)));
        return Activation.Read(() => stream.CatchUp(cancellationToken));
    }

    public Task<Outcome> Enrol(CommandId id, Actor by, StaffMember member)
    {
        if (stream.Has(id)) return Repeated;
        var roles = member.Roles.Select(role => ShiftNames.RoleToGive(policy, role)).OfType<string>().Distinct().ToImmutableArray();
        if (roles.Length < member.Roles.Length) return Refused(ShiftNames.RoleNotGiven(policy));
        // Said by name of somebody who signs in, it is of them.
        if (!StaffIds.IsEmployee(member.Id) && Known.Meant(new(member.Id, member.Name), null, "", clock.GetUtcNow()) is var meant)
        {
            if (meant.Refusal is { } unclear) return Refused(unclear);
            member = member with { Id = meant.Person!.Id };
        }

        member = member with { Roles = roles };
        return stream.State.Members.TryGetValue(member.Id, out var known) && IsSame(known, member) ? Unchanged : Commit(id, by, new Enrolled(member));
    }

    public Task<Outcome> Meet(CommandId id, StaffMember member)
    {
        member = member with { Roles = [.. member.Roles.Where(role => ShiftNames.RoleToGive(policy, role) is not null)] };
        return member.Roles.IsEmpty || stream.State.Members.TryGetValue(member.Id, out var known) && IsSame(known, member)
            ? Unchanged
            : Commit(id, new Actor(member.Id, member.Name), new Enrolled(member));
    }

    public Task<Person?> Meant(Person who, string unit) => Task.FromResult(Known.Meant(who, null, unit, clock.GetUtcNow()).Person);

    public Task<Outcome> BeginShift(CommandId id, Actor by, Shift shift)
    {
        if (stream.Has(id)) return Repeated;
        if (shift.Until <= shift.From || shift.Until - shift.From > LongestShift) return Refused(new(RefusalCodes.ShiftOutOfRange, $"A shift ends after it begins, and within {LongestShift.TotalHours:0} hours."));
        if (ShiftNames.Role(stream.State, policy, shift.Role) is not { } role) return Refused(ShiftNames.RoleUnknown(stream.State, policy));
        var now = clock.GetUtcNow();
        var directory = Known;
        var (who, unclear) = directory.Meant(shift.Who, null, shift.Unit, now);
        if (who is null) return Refused(unclear!);
        shift = shift with { Role = role, Who = stream.State.Shifts.FirstOrDefault(s => s.Unit == shift.Unit && s.Role == role && s.Until > now && directory.IsSame(s.Who.Id, who.Id))?.Who ?? who };
        return stream.State.Shifts.Contains(shift) ? Unchanged : Commit(id, by, new ShiftBegun(shift));
    }

    public Task<Outcome> EndShift(CommandId id, Actor by, string member, string unit, string role)
    {
        if (stream.Has(id)) return Repeated;
        if (ShiftNames.Role(stream.State, policy, role) is not { } known) return Refused(ShiftNames.RoleUnknown(stream.State, policy));
        var (directory, now) = (Known, clock.GetUtcNow());
        return stream.State.Shifts.FirstOrDefault(s => directory.IsSame(s.Who.Id, member) && s.Unit == unit && s.Role == known && s.From <= now) is not { } shift ? Refused(ShiftNames.ShiftUnknown(stream.State, known, unit, now))
            : shift.Until <= now ? Unchanged
            : Commit(id, by, new ShiftEnded(shift.Who.Id, unit, known, clock.GetRecordedNow(), by));
    }

    public Task<ImmutableArray<StaffMember>> Members() => Task.FromResult<ImmutableArray<StaffMember>>([.. stream.State.Members.Values.OrderBy(m => m.Name, StringComparer.Ordinal)]);

    public Task<ImmutableDictionary<string, double>> NurseHours(DateTimeOffset from, DateTimeOffset until) => Task.FromResult(stream.State.NurseHours(from, until));

    public Task<ImmutableArray<Shift>> OnDuty(string? unit) => Task.FromResult(stream.State.OnDuty(unit, clock.GetUtcNow()));

    public Task<DutyRoster?> WatchDuty(IDutyObserver observer, long known)
    {
        silos.Add(observer);
        return Task.FromResult(known == stream.Version ? null : Roster);
    }

    private Task<Outcome> Repeated => Task.FromResult(Outcome.Repeated(stream.Version));

    private Task<Outcome> Unchanged => Task.FromResult(Outcome.Unchanged(stream.Version));

    private Task<Outcome> Refused(Refusal refusal) => Task.FromResult(Outcome.Refused(stream.Version, refusal));

    /// <summary>Made anew with each look: ask for it once.</summary>
    private Duty Known => new(stream.Version, stream.State.Shifts, [.. stream.State.Members.Values]);

    private DutyRoster Roster => new(stream.Version, stream.State.Shifts) { Members = [.. stream.State.Members.Values] };

    private async Task<Outcome> Commit(CommandId id, Actor by, StaffEvent e)
    {
        var outcome = new Outcome(await stream.Append(id, by, clock.GetRecordedNow(), StaffJson.Write(by, [e])), stream.Version);
        var roster = Roster;
        book.Hear(roster);
        silos.Tell(silo => silo.DutyChanged(roster));
        return outcome;
    }

    private static bool IsSame(StaffMember a, StaffMember b) => a.Name == b.Name && a.Roles.SequenceEqual(b.Roles) && a.Units.SequenceEqual(b.Units);
}
