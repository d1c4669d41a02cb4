using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Alerts;
using Journey.Contracts.Boards;
using Journey.Contracts.Families;
using Journey.Contracts.Patients;
using Journey.Contracts.Visits;
using Journey.Domain.Alerts;
using Journey.Domain.Families;
using Journey.Domain.Policies;
using Journey.Domain.Visits;
using Journey.Grains.Families;
using Journey.Grains.Hosting;
using Journey.Grains.Staff;
using Journey.Grains.Storage;
using Journey.Grains.Streams;
using Journey.Grains.Telemetry;
using Microsoft.Extensions.Logging;

namespace Journey.Grains.Visits;

/// <summary>A thin shell over <see cref="Visit"/>: recognise, decide, commit, announce.</summary>
[GrainType("visit")]
internal sealed partial class VisitGrain(IJournal journal, LivePolicy live, DutyBook duty, TimeProvider clock, IEnumerable<IFamilyChannel> channels, IServiceProvider services, ILogger<VisitGrain> logger) : Grain, IVisitGrain
{
    private const string StateName = "visit-snapshot";
    private const int MaxAttempts = 3;
    private static readonly TimeSpan[] TellAgainAfter = [TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4)];

    /// <summary>By how much the clocks of two silos may differ.</summary>
    private static readonly TimeSpan MostSkew = TimeSpan.FromSeconds(10);

    /// <summary>As of now: with what was measured last.</summary>
    private Policy Policy => live.Policy;

    private Visit visit = Visit.Unknown;

    /// <summary>The visit as boards show it; made once for each version.</summary>
    private VisitRow row = new();

    /// <summary>Every stay in a bed, as written with the commits.</summary>
    private ImmutableArray<Stay> beds = [];
    private VisitId id;
    private string stream = "";
    private SnapshotShelf shelf = null!;

    /// <summary>The deadline on the card; a review that finds nothing to do must still move it on.</summary>
    private DateTimeOffset? deadline;

    /// <summary>Worked out on waking, and not as the card has it: by another policy, or by other usual times, it may have been an earlier one.</summary>
    private bool isDeadlineReckoned;

    /// <summary>The board that shows this visit, as far as this activation told it.</summary>
    private string announcedUnit = "";
    private ImmutableArray<Stay> announcedBeds = [];
    private Appender appender = null!;
    private IGrainTimer? early;

    /// <summary>Why the last commit's message did not do what it says.</summary>
    private string? remark;

    /// <summary>The alerts that the last commit ended.</summary>
    private ImmutableArray<AlertView> ended = [];

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        id = new VisitId(this.GetPrimaryKey());
        stream = StreamKinds.Visit + id;
        appender = new Appender(journal, DeactivateOnIdle);
        shelf = new SnapshotShelf(services, StateName, this.GetGrainId(), logger);
        await Activation.Read(() => Wake(cancellationToken));
        announcedBeds = beds;
        if (visit.Exists) Announce(null);
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (!appender.IsBehind && visit.Exists && visit.Version >= SnapshotShelf.Every && visit.Version > shelf.Version) await shelf.Save(visit.Version, VisitSnapshotJson.Write(visit));
    }

    public Task<Outcome> Expect(Expect command) => Execute(command);
    public Task<Outcome> Arrive(Arrive command) => Execute(command);
    public Task<Outcome> Admit(Admit command) => Execute(command);
    public Task<Outcome> Transfer(Transfer command) => Execute(command);
    public Task<Outcome> SwapBed(SwapBed command) => Execute(command);
    public Task<Outcome> Discharge(Discharge command) => Execute(command);
    public Task<Outcome> ChangeClass(ChangeClass command) => Execute(command);
    public Task<Outcome> Update(Update command) => Execute(command);
    public Task<Outcome> GoOut(GoOut command) => Execute(command);
    public Task<Outcome> Reach(Reach command) => Execute(command);
    public Task<Outcome> Plan(Plan command) => Execute(command);
    public Task<Outcome> GoOnLeave(GoOnLeave command) => Execute(command);
    public Task<Outcome> ReturnFromLeave(ReturnFromLeave command) => Execute(command);
    public Task<Outcome> Cancel(Cancel command) => Execute(command);
    public Task<Outcome> Delete(Delete command) => Execute(command);
    public Task<Outcome> Identify(Identify command) => Execute(command);
    public Task<Outcome> ReachStep(ReachStep command) => Execute(command);
    public Task<Outcome> Contact(Contact command) => Execute(command);
    public Task<Outcome> SetAcuity(SetAcuity command) => Execute(command);
    public Task<Outcome> Assign(Assign command) => Execute(command);
    public Task<Outcome> FamilyWaits(FamilyWaits command) => Execute(command);
    public Task<Outcome> TellFamily(TellFamily command) => Execute(command);
    public Task<Outcome> AcknowledgeAlert(AcknowledgeAlert command) => Execute(command);
    public Task<Outcome> SnoozeAlert(SnoozeAlert command) => Execute(command);
    public Task<Outcome> ResolveAlert(ResolveAlert command) => Execute(command);
    public Task<Outcome> Undo(Undo command) => ObstacleToUndo(command) is { } refusal ? Task.FromResult(Outcome.Refused(visit.Version, refusal)) : Execute(command);
    public Task<Outcome> Mention(Mention command) => Execute(command);
    public Task<Outcome> Verify(Verify command) => Execute(command);

    public async Task<CarriedCare?> Link(LinkVisit command)
    {
        // What goes along is read as it stood before the link ended the visit: a retry finds it in the facts all the same.
        var along = command is { Care: null, Ends: false } ? Carries(command.To.As) : null;
        await Execute(command);
        return visit.Exists ? along : null;
    }

    public Task<CarriedCare?> Carried() => Task.FromResult(visit.Exists ? LinkDecider.Carry(id, visit, LinkKind.AdmittedTo) : null);

    private CarriedCare? Carries(LinkKind link) => link switch
    {
        LinkKind.AdmittedTo => LinkDecider.Carry(id, visit, LinkKind.AdmittedFrom),
        LinkKind.SameAs => LinkDecider.Carry(id, visit, LinkKind.SameAs),
        _ => null,
    };

    public Task<DateTimeOffset?> FedAt() => Task.FromResult(visit.FedAt);

    public async Task Review()
    {
        var now = clock.GetRecordedNow();
        if (!visit.Exists) return;
        var due = deadline ?? DateTimeOffset.MaxValue;
        if (due > now && due - now <= MostSkew)
        {
            ReviewAt(due - now);
            return;
        }

        // A shift was ended before its time: no deadline knew of it. Else nothing is due, but the card says so: a commit sets it right, or the sweep would ask again and again.
        if (due > now && !isDeadlineReckoned && !(VisitDecider.NextDeadline(visit, Policy, now, duty.Duty) <= now)) return;
        // A message may tell of what was due hours ago: nobody could look before it came.
        if (due <= now) JourneyMeter.DeadlineLag.Record((now - (due > visit.HeardAt ? due : visit.HeardAt)).TotalMilliseconds);
        await ReviewNow(now);
    }

    public Task Renew() => visit.Exists ? ReviewNow(clock.GetRecordedNow()) : Task.CompletedTask;

    public Task<VisitRow?> Row() => Task.FromResult(visit.Exists ? row : null);

    public Task<VisitView?> Read() => Task.FromResult(visit.Exists ? VisitProjection.View(id, visit, Policy, clock.GetUtcNow()) : null);

    public async Task<ImmutableArray<TimelineEntry>> Timeline()
    {
        var commits = await journal.Read(stream, 0);
        return Narrator.Tell(commits.Select(c => VisitJson.Read(c.Version, c.CommandId, c.RecordedAt, c.Payload.Span)), visit, Policy, clock.GetUtcNow());
    }

    private async Task ReviewNow(DateTimeOffset now)
    {
        var events = VisitDecider.Review(id, visit, Policy, now, duty.Duty);
        // Whoever said that a shift was over gave up its patients: that is their deed, here too.
        var by = events is [NurseWentOff left, ..] ? duty.Duty.EndedBy(left.Who.Id, left.At) ?? Actor.System : Actor.System;
        var command = new CommandId(NameBasedGuid.Create(id.Value, "review", (visit.Version + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)));
        var result = await Commit(command, by, null, events.IsEmpty ? [new Noted("review")] : events, now);
        if (result == AppendResult.Appended) Announce(null);
        else await CatchUp(CancellationToken.None);
    }

    /// <summary>Whoever asked has a clock that is ahead of this silo's, and will not ask again: the review is done when its time has come here.</summary>
    private void ReviewAt(TimeSpan wait)
    {
        early?.Dispose();
        early = this.RegisterGrainTimer(Review, new() { DueTime = wait, Period = Timeout.InfiniteTimeSpan });
    }

    /// <summary>A message that says nothing new may be one whose answer was lost on the way. What only mentions the visit says nothing new most of the time, and is not asked about.</summary>
    private async ValueTask<bool> CameBefore(VisitCommand command) => command is FeedCommand { Message: { } message } and not Contracts.Visits.Mention && await journal.Knows(message);

    private async Task<Outcome> Execute(VisitCommand command)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (appender.IsBehind) throw new OutcomeUnknownException();
            if (visit.Course.SameAs is { } other && command is FeedCommand) return Outcome.Unchanged(visit.Version) with { GoesTo = other };
            if (visit.Remembers(command.Id)) return Stands(command, Outcome.Repeated(visit.Version));
            var now = clock.GetRecordedNow();
            var decision = VisitDecider.Decide(id, visit, command, Policy, now, duty.Duty);
            if (decision.Refusal is { } refusal) return Outcome.Refused(visit.Version, refusal);
            if (decision.Events.IsEmpty)
                return Stands(command, await CameBefore(command) ? Outcome.Repeated(visit.Version) : Outcome.Unchanged(visit.Version) with { Remark = Remark(command as FeedCommand, visit, visit, isNews: false) });
            if (ObstacleByGlass(command, decision.Events, now) is { } obstacle) return Outcome.Refused(visit.Version, obstacle);
            var (door, place) = (visit.Course.DoorAt, visit.Course.Location);
            switch (await Commit(command.Id, command.By, command as FeedCommand, decision.Events, now))
            {
                case AppendResult.Appended:
                    Announce((command as SwapBed)?.Swap);
                    if (visit.Version - shelf.Version >= SnapshotShelf.Every) await shelf.Save(visit.Version, VisitSnapshotJson.Write(visit));
                    return Stands(command, Outcome.Accepted(visit.Version)) with
                    {
                        IsShownAnew = decision.Events.Any(e => e is Identified), Onward = visit.Course.DoorAt == door ? null : Onward(), Remark = remark,
                        Placing = command is Contracts.Visits.Update or Contracts.Visits.Cancel && visit.Course is { IsOpen: true, Location: { } there } && there != place ? new Placing(there, command.OccurredAt) : null,
                    };
                case AppendResult.DuplicateCommand or AppendResult.DuplicateMessage:
                    // Perhaps by another activation, with more behind it.
                    await CatchUp(CancellationToken.None);
                    return Stands(command, Outcome.Repeated(visit.Version));
                // Another activation of this visit wrote meanwhile: see what it wrote, decide again.
                case AppendResult.VersionConflict when attempt < MaxAttempts:
                    await CatchUp(CancellationToken.None);
                    break;
                default:
                    throw appender.FallBehind(null);
            }
        }
    }

    private static string? Remark(FeedCommand? command, Visit before, Visit after, bool isNews) => command is null ? null : Remarks.Of(before, after, command, isNews);

    private LinkChange? Onward()
    {
        foreach (var link in visit.Course.Links)
            if (link.Link.As == LinkKind.AdmittedTo) return new LinkChange(id, link.Link.Other, LinkKind.AdmittedTo, link.At, false) { Number = link.Link.Number, Unit = link.Link.Unit };
        return null;
    }

    private Outcome Stands(VisitCommand command, Outcome outcome) => command switch
    {
        FeedCommand => outcome with { Status = visit.Course.Status },
        ReachStep { Step: Steps.Departed } or Contracts.Visits.Undo or Contracts.Visits.Verify { What: Verified.Here or Verified.Place } => outcome with { Standing = Standing(command) },
        _ => outcome,
    };

    private Standing Standing(VisitCommand command)
    {
        var course = visit.Course;
        var seen = new SeenByStaff(course is { Status: VisitStatus.Departed, IsEndSeen: true, EndedAt: { } left } ? new Leaving(left, course.DepartedAs) : null);
        return new Standing(visit.Patient.Id, course.Status, seen, command is Contracts.Visits.Verify && course.IsOpen ? new Placing(course.Location ?? new Location(course.Unit), command.OccurredAt) : null);
    }

    /// <summary>Durable first, folded then. When the store does not answer, nobody knows what it did: this activation ends, and the next one rereads.</summary>
    private async Task<AppendResult> Commit(CommandId command, Actor by, FeedCommand? fed, ImmutableArray<VisitEvent> events, DateTimeOffset now)
    {
        var commit = new VisitCommit(visit.Version + 1, command.Value, now, by, events);
        var next = VisitFold.Fold(visit, commit);
        var nextDeadline = VisitDecider.NextDeadline(next, Policy, now, duty.Duty);
        var nextRow = VisitProjection.Row(id, next, Policy);
        var nextBeds = VisitProjection.BedStays(next);
        var moved = !nextBeds.SequenceEqual(beds);
        // What needs a word of its own in the log gets its line after the commit: see the intake.
        remark = Remark(fed, visit, next, isNews: true);
        var line = remark is null ? fed?.Line : null;
        var card = Card(next, nextRow, nextDeadline) with { Beds = moved ? nextBeds : null, Alerts = Facts(visit, next) };
        var result = await appender.Append(new Commit(
            stream, commit.Version, now, command.Value, by.Id, VisitJson.Write(by, events), card, fed?.Message, line));
        if (result != AppendResult.Appended) return result;
        (visit, row, deadline, isDeadlineReckoned) = (next, nextRow, nextDeadline, false);
        if (moved) beds = nextBeds;
        ended = [.. events.OfType<AlertResolved>().Select(e => visit.Alert(e.Alert)).OfType<Alert>().Select(a => VisitProjection.View(a, visit, Policy))];
        JourneyMeter.Count(events);
        Deliver(events);
        if (StaffLocks.Untold(visit) is { } locks) _ = PassLocksOn(locks);
        return result;
    }

    /// <summary>The alerts that a commit raised, changed or ended; null when none.</summary>
    private static ImmutableArray<AlertFact>? Facts(Visit before, Visit after)
    {
        if (before.Alerts == after.Alerts) return null;
        ImmutableArray<AlertFact> changed =
        [
            .. after.Alerts.Where(alert => !before.Alerts.Contains(alert)).Select(a => new AlertFact(a.Rule, after.Course.Unit, a.Severity, a is { IsShadow: true, LadderSince: null, TakenAt: null }, a.RaisedAt, a.TakenAt, a.ResolvedAt, a.Resolution)),
        ];
        return changed.IsEmpty ? null : changed;
    }

    private VisitCard Card(Visit next, VisitRow nextRow, DateTimeOffset? nextDeadline)
    {
        var course = next.Course;
        return new VisitCard(
            id.Value, next.Version, nextRow.Unit, course.Status.ToString(), course.Status is VisitStatus.Expected or VisitStatus.Present or VisitStatus.OnLeave or VisitStatus.Departed,
            next.Number, VisitProjection.SearchText(next), course.ArrivedAt ?? course.ExpectedAt ?? next.HeardAt, course.EndedAt, nextDeadline, VisitJson.WriteRow(nextRow));
    }

    /// <summary>Most visits are short: one read, and no snapshot to look for. A long one has its snapshot and the tail behind it.</summary>
    private async Task Wake(CancellationToken cancellation)
    {
        var first = await journal.Read(stream, 0, SnapshotShelf.Every, cancellation);
        if (first.Count < SnapshotShelf.Every) TakeIn(first);
        else
        {
            if (await shelf.Load() is { } snapshot) visit = VisitSnapshotJson.Read(snapshot.State) ?? Visit.Unknown;
            await CatchUp(cancellation);
        }
    }

    private async Task CatchUp(CancellationToken cancellation) => TakeIn(await journal.Read(stream, visit.Version, cancellation));

    private void TakeIn(IReadOnlyList<JournalEntry> entries)
    {
        if (entries.Count == 0 && !visit.Exists) return;
        foreach (var entry in entries)
            visit = VisitFold.Fold(visit, VisitJson.Read(entry.Version, entry.CommandId, entry.RecordedAt, entry.Payload.Span));
        isDeadlineReckoned = true;
        deadline = visit.Exists ? VisitDecider.NextDeadline(visit, Policy, visit.HeardAt, duty.Duty) : null;
        row = VisitProjection.Row(id, visit, Policy);
        beds = VisitProjection.BedStays(visit);
    }

    /// <summary>Tells the board, the board the visit left, and those of beds it turns out to have been in. Never fails the call, never waits: versions repair what is lost.</summary>
    private void Announce(CommandId? together)
    {
        var unit = row.Status is VisitStatus.Cancelled or VisitStatus.Deleted or VisitStatus.Unknown ? "" : row.Unit;
        var left = announcedUnit.Length > 0 ? announcedUnit : row.Unit;
        if (left.Length > 0 && left != unit) Tell(left, new VisitNotice(id, visit.Version, null, null, together, BedsOf(left)));
        if (beds != announcedBeds)
        {
            foreach (var other in beds.Except(announcedBeds).Concat(announcedBeds.Except(beds)).Select(stay => stay.Location.Unit).Distinct())
                if (other != unit && other != left) Tell(other, new VisitNotice(id, visit.Version, null, null, null, BedsOf(other)));
        }

        if (unit.Length > 0) Tell(unit, new VisitNotice(id, visit.Version, row, deadline, together, BedsOf(unit)) { Ended = ended });
        ended = [];
        (announcedUnit, announcedBeds) = (unit, beds);
    }

    private ImmutableArray<Stay> BedsOf(string unit) => beds.RemoveAll(stay => stay.Location.Unit != unit);

    private void Tell(string unit, VisitNotice notice)
    {
        var told = GrainFactory.UnitBoard(unit).Announce(notice);
        if (!told.IsCompletedSuccessfully) _ = Insist(told, unit);
    }

    /// <summary>A board that is just moving to another silo is told again how the visit stands, a few times.</summary>
    private async Task Insist(Task told, string unit)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await told;
                return;
            }
            catch (Exception e) when (attempt == TellAgainAfter.Length)
            {
                NotAnnounced(logger, e);
                return;
            }
            catch (Exception)
            {
                await Task.Delay(TellAgainAfter[attempt], clock);
                told = GrainFactory.UnitBoard(unit).Announce(
                    unit == announcedUnit ? new VisitNotice(id, visit.Version, row, deadline, null, BedsOf(unit)) : new VisitNotice(id, visit.Version, null, null, null, BedsOf(unit)));
            }
        }
    }

    [LoggerMessage(2101, LogLevel.Warning, "A board could not be told of a change; it will find it when it next compares itself with the cards.")]
    private static partial void NotAnnounced(ILogger logger, Exception exception);
}
