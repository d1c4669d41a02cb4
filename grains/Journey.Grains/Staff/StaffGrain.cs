using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Staff;
using Journey.Domain.Staff;
using Journey.Grains.Boards;
using Journey.Grains.Storage;
using Journey.Grains.Streams;

namespace Journey.Grains.Staff;

/// <summary>Everybody, and who is on duty where.</summary>
[GrainType("staff-directory")]
internal sealed class StaffGrain(IJournal journal, TimeProvider clock, DutyBook book) : Grain, IStaffGrain
{
    private static readonly TimeSpan LongestShift = TimeSpan.FromHours(24);

    private readonly Watchers<IDutyObserver> silos = new(clock);
    private EventStream<StaffDirectory> stream = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        stream = new(journal, DeactivateOnIdle, StaffKeys.All, StaffDirectory.Empty, (state, payload) => StaffJson.Read(payload.Span).Aggregate(state, (s, e) => s.Fold(e)));
        return Activation.Read(() => stream.CatchUp(cancellationToken));
    }

    public Task<Outcome> Enrol(CommandId id, Actor by, StaffMember member) => stream.State.Members.TryGetValue(member.Id, out var known) && IsSame(known, member)
        ? Task.FromResult(Outcome.Unchanged(stream.Version))
        : Commit(id, by, new Enrolled(member));

    public Task<Outcome> BeginShift(CommandId id, Actor by, Shift shift) => shift.Until <= shift.From || shift.Until - shift.From > LongestShift
        ? Task.FromResult(Outcome.Refused(stream.Version, new Refusal(RefusalCodes.ShiftOutOfRange, $"A shift ends after it begins, and within {LongestShift.TotalHours:0} hours.")))
        : stream.State.Shifts.Contains(shift) ? Task.FromResult(Outcome.Unchanged(stream.Version)) : Commit(id, by, new ShiftBegun(shift));

    public Task<Outcome> EndShift(CommandId id, Actor by, string member, string unit, string role) =>
        stream.State.OnDuty(unit, clock.GetUtcNow()).Any(s => s.Who.Id == member && s.Role == role)
            ? Commit(id, by, new ShiftEnded(member, unit, role, clock.GetRecordedNow(), by))
            : Task.FromResult(Outcome.Unchanged(stream.Version));

    public Task<ImmutableArray<StaffMember>> Members() => Task.FromResult<ImmutableArray<StaffMember>>([.. stream.State.Members.Values.OrderBy(m => m.Name, StringComparer.Ordinal)]);

    public Task<ImmutableDictionary<string, double>> NurseHours(DateTimeOffset from, DateTimeOffset until) => Task.FromResult(stream.State.NurseHours(from, until));

    public Task<ImmutableArray<Shift>> OnDuty(string? unit) => Task.FromResult(stream.State.OnDuty(unit, clock.GetUtcNow()));

    public Task<DutyRoster?> WatchDuty(IDutyObserver observer, long known)
    {
        silos.Add(observer);
        return Task.FromResult(known == stream.Version ? null : Roster);
    }

    private DutyRoster Roster => new(stream.Version, stream.State.Shifts);

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
