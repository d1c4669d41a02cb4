using System.Collections.Immutable;
using System.Globalization;
using Journey.Contracts;
using Journey.Contracts.Alerts;
using Journey.Contracts.Visits;
using Journey.Domain;
using Journey.Domain.Facts;
using Journey.Domain.Families;
using Journey.Domain.Policies;
using Journey.Domain.Visits;
using Journey.Grains.Alerts;
using Journey.Grains.Families;
using Journey.Grains.Staff;
using Journey.Grains.Storage;
using Journey.Grains.Streams;
using Journey.Grains.Telemetry;
using Microsoft.Extensions.Logging;

namespace Journey.Grains.Visits;

/// <summary>A thin shell over <see cref="Visit"/>: recognise, decide, commit, announce.</summary>
[GrainType("visit")]
internal sealed partial class VisitGrain(IJournal journal, LivePolicy live, DutyBook duty, TimeProvider clock, IEnumerable<IFamilyChannel> channels,
    IServiceProvider services, ILogger<VisitGrain> logger) : Grain, IVisitGrain
{
    private const string StateName = "visit-snapshot";

    /// <summary>By how much the clocks of two silos may differ.</summary>
    private static readonly TimeSpan MostSkew = TimeSpan.FromSeconds(10);

    /// <summary>As of now: with what was measured last.</summary>
    private Policy Policy => live.Policy;

    private VisitId _id;
    private EventStream<Visit, VisitEvent> _stream = null!;
    private BoardNews _boards = null!;
    private FamilyEntrance _family = null!;
    private FamilyPost _post = null!;

    private Visit Visit => _stream.State;

    /// <summary>The visit as boards show it.</summary>
    private VisitFace _face = VisitFace.None;

    /// <summary>What <see cref="_face"/> will be once the commit that is being written is durable.</summary>
    private VisitFace _next = VisitFace.None;

    /// <summary>Why the last commit's message did not do what it says.</summary>
    private string? _remark;

    /// <summary>
    /// Worked out on waking, and not as the card has it: by another policy, or by other usual times, it may have been an earlier one.
    /// </summary>
    private bool _isDeadlineReckoned;
    private IGrainTimer? _early;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _id = new VisitId(this.GetPrimaryKey());
        var shelf = new SnapshotShelf(services, StateName, this.GetGrainId(), logger);
        _stream = new(KnownStreams.Visit, StreamKinds.Visit + _id, journal, clock) { GiveUp = DeactivateOnIdle, Moved = Refresh, Shelf = shelf };
        _boards = new(_id, GrainFactory, clock, logger);
        _family = new(_id, _stream, Write, clock, logger);
        _post = new(_id, channels, GrainFactory, clock, logger);
        await _stream.Open(cancellationToken);
        if (_stream.Version == 0) return;
        Refresh(isRead: true);
        _boards.Begin(_face);
        if (Visit.Exists) _boards.Announce(_face, null, []);
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        Visit.Exists ? _stream.SaveLastSnapshot() : Task.CompletedTask;

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
    public Task<Outcome> SetNote(SetNote command) => Execute(command);
    public Task<Outcome> SetAcuity(SetAcuity command) => Execute(command);
    public Task<Outcome> Assign(Assign command) => Execute(command);
    public Task<Outcome> AcknowledgeAlert(AcknowledgeAlert command) => Execute(command);
    public Task<Outcome> SnoozeAlert(SnoozeAlert command) => Execute(command);
    public Task<Outcome> ResolveAlert(ResolveAlert command) => Execute(command);
    public Task<Outcome> Undo(Undo command) =>
        ObstacleToUndo(command) is { } refusal ? Task.FromResult(Outcome.Refused(_stream.Version, refusal)) : Execute(command);
    public Task<Outcome> Mention(Mention command) => Execute(command);
    public Task<Outcome> Verify(Verify command) => Execute(command);

    public async Task<CarriedCare?> Link(LinkVisit command)
    {
        // Read before the link, for the link may end the visit. A retry reads the same, for the facts stay.
        var along = command is { Care: null, Ends: false } ? Carries(command.To.As) : null;
        await Execute(command);
        return Visit.Exists ? along : null;
    }

    public Task<CarriedCare?> Carried() => Task.FromResult(Visit.Exists ? LinkDecider.Carry(_id, Visit, LinkKind.AdmittedTo) : null);

    private CarriedCare? Carries(LinkKind link) => link switch
    {
        LinkKind.AdmittedTo => LinkDecider.Carry(_id, Visit, LinkKind.AdmittedFrom),
        LinkKind.SameAs => LinkDecider.Carry(_id, Visit, LinkKind.SameAs),
        _ => null,
    };

    public Task<DateTimeOffset?> FedAt() => Task.FromResult(Visit.FedAt);

    public async Task Review()
    {
        var now = clock.GetRecordedNow();
        if (!Visit.Exists) return;
        var due = _face.Deadline ?? DateTimeOffset.MaxValue;
        if (due > now && due - now <= MostSkew)
        {
            ReviewAt(due - now);
            return;
        }

        // Nothing is due yet, unless a shift ended before its time, which no deadline knew. When the deadline was worked out on waking, the card may
        // have an earlier one: a commit moves it, or the sweep would ask for ever.
        if (due > now && !_isDeadlineReckoned && !(VisitDecider.NextDeadline(Visit, Policy, now, duty.Duty) <= now)) return;
        // A message may tell of something that was due hours ago. The lag counts from when it came.
        if (due <= now) JourneyMeter.DeadlineLag.Record((now - (due > Visit.HeardAt ? due : Visit.HeardAt)).TotalMilliseconds);
        await ReviewNow(now);
    }

    public Task Renew() => Visit.Exists ? ReviewNow(clock.GetRecordedNow()) : Task.CompletedTask;

    public Task<VisitRow?> Row() => Task.FromResult(Visit.Exists ? _face.Row : null);

    public Task<VisitView?> Read() => Task.FromResult(Visit.Exists ? VisitProjection.View(_id, Visit, Policy, clock.GetUtcNow()) : null);

    public async Task<ImmutableArray<TimelineEntry>> Timeline()
    {
        var commits = await journal.Read(StreamKinds.Visit + _id, 0);
        return Narrator.Tell(commits.Select(commit => VisitJson.Read(commit.Version, commit.CommandId, commit.RecordedAt, commit.Payload.Span)),
            Visit, Policy, clock.GetUtcNow());
    }

    private Task ReviewNow(DateTimeOffset now) => Write(
        new CommandId(NameBasedGuid.Create(_id.Value, "review", (_stream.Version + 1).ToString(CultureInfo.InvariantCulture))), Actor.System,
        (visit, _) =>
        {
            var events = VisitDecider.Review(_id, visit, Policy, now, duty.Duty);
            // A nurse who goes off duty gives up their patients. The deed is of whoever ended the shift, not Journey's own.
            var by = events is [NurseWentOff left, ..] ? duty.Duty.EndedBy(left.Who.Id, left.At) : null;
            return (events.IsEmpty ? new Noted("review") : (Decision<VisitEvent>)events) with { By = by };
        });

    /// <summary>
    /// Whoever asked has a clock that is ahead of this silo's, and will not ask again: the review is done when its time has come here.
    /// </summary>
    private void ReviewAt(TimeSpan wait)
    {
        _early?.Dispose();
        _early = this.RegisterGrainTimer(Review, new() { DueTime = wait, Period = Timeout.InfiniteTimeSpan });
    }

    private async Task<Outcome> Execute(VisitCommand command)
    {
        if (IsElsewhere(Visit, command)) return GoesTo(Visit.Course.SameAs);
        var done = await _stream.Execute(
            command.Id, command.By, (Grain: this, Command: command), static (visit, with, now) => with.Grain.Decide(visit, with.Command, now),
            static (step, with) => with.Grain.Enclose(step, with.Command as FeedCommand));
        switch (done.Kind)
        {
            case OutcomeKind.Accepted:
                AfterCommit(done.Events, (command as SwapBed)?.Swap);
                await _stream.SaveSnapshot();
                var (course, before) = (Visit.Course, done.Before.Course);
                return WithStanding(command, Outcome.Accepted(_stream.Version)) with
                {
                    IsShownAnew = done.Events.Any(e => e is Identified),
                    Onward = course.DoorAt == before.DoorAt ? null : Onward(),
                    Remark = _remark,
                    Placing = command is Contracts.Visits.Update or Contracts.Visits.Cancel && course is { IsOpen: true, Location: { } there }
                        && there != before.Location ? new Placing(there, command.OccurredAt) : null,
                };
            case OutcomeKind.Unchanged when IsElsewhere(Visit, command):
                return GoesTo(Visit.Course.SameAs);
            case OutcomeKind.Unchanged when !await CameBefore(command):
                return WithStanding(command,
                    Outcome.Unchanged(_stream.Version) with { Remark = Remark(command as FeedCommand, Visit, Visit, isNews: false) });
            case OutcomeKind.Refused:
                return done.ToOutcome(_stream.Version);
            default:
                return WithStanding(command, Outcome.Repeated(_stream.Version));
        }
    }

    /// <summary>
    /// Writes what follows from how the visit stands, and is no command of the contract. One that was erased meanwhile is left alone.
    /// </summary>
    private async Task<OutcomeKind> Write(CommandId command, Actor by, Func<Visit, DateTimeOffset, Decision<VisitEvent>> decide)
    {
        var done = await _stream.Execute(
            command, by, (Grain: this, Decide: decide), static (visit, with, now) => visit.Exists
                ? with.Decide(visit, now)
                : default, static (step, with) => with.Grain.Enclose(step, null));
        if (done.Kind == OutcomeKind.Accepted) AfterCommit(done.Events, null);
        return done.Kind;
    }

    private Decision<VisitEvent> Decide(Visit visit, VisitCommand command, DateTimeOffset now)
    {
        if (IsElsewhere(visit, command)) return default;
        var decision = VisitDecider.Decide(_id, visit, command, Policy, now, duty.Duty);
        if (decision.Refusal is { } refusal) return refusal;
        return !decision.Events.IsEmpty && ObstacleByGlass(command, decision.Events, now) is { } obstacle ? obstacle
            : (Decision<VisitEvent>)decision.Events with { Foreseen = decision.Foreseen };
    }

    /// <summary>The visit turned out to be another one, which hears of it instead.</summary>
    private static bool IsElsewhere(Visit visit, VisitCommand command) => visit.Course.SameAs is not null && command is FeedCommand;

    private Outcome GoesTo(VisitId? other) => Outcome.Unchanged(_stream.Version) with { GoesTo = other };

    /// <summary>
    /// A message that says nothing new may be one whose answer was lost on the way. What only mentions the visit says nothing new most of the time,
    /// and is not asked about.
    /// </summary>
    private async ValueTask<bool> CameBefore(VisitCommand command) =>
        command is FeedCommand { Message: { } message } and not Contracts.Visits.Mention && await journal.Knows(message);

    /// <summary>The card, and what belongs to the message that is carried out.</summary>
    private Enclosure Enclose(Transition<Visit, VisitEvent> step, FeedCommand? fed)
    {
        _next = _face.Next(_id, step.After, Policy, VisitDecider.NextDeadline(step.After, Policy, step.At, duty.Duty));
        // A message with a remark gets its log line after the commit, from the intake.
        _remark = Remark(fed, step.Before, step.After, isNews: true);
        return new(_next.Card(_id, step.Before, step.After, _face), fed?.Message, _remark is null ? fed?.Line : null);
    }

    /// <summary>The visit moved on: it shows what was just written, or what was read.</summary>
    private void Refresh(bool isRead)
    {
        _face = isRead
            ? _face.Next(_id, Visit, Policy, Visit.Exists ? VisitDecider.NextDeadline(Visit, Policy, Visit.HeardAt, duty.Duty) : null)
            : _next;
        _isDeadlineReckoned = isRead;
    }

    /// <summary>What follows from a commit that is durable. Never fails the call, never waits: what is lost is found again.</summary>
    private void AfterCommit(ImmutableArray<VisitEvent> events, CommandId? together)
    {
        JourneyMeter.Count(events);
        _post.Deliver(Visit, events, Policy);
        if (StaffLocks.Untold(Visit) is { } locks) _ = PassLocksOn(locks);
        _boards.Announce(_face, together,
            [.. events.OfType<AlertResolved>().Select(e => Visit.Alert(e.Alert)).OfType<Alert>()
                .Select(a => VisitProjection.View(a, Visit, Policy))]);
    }

    private static string? Remark(FeedCommand? command, Visit before, Visit after, bool isNews) =>
        command is null ? null : Remarks.Write(before, after, command, isNews);

    private LinkChange? Onward()
    {
        foreach (var link in Visit.Course.Links)
            if (link.Link.As == LinkKind.AdmittedTo)
                return new LinkChange(_id, link.Link.Other, LinkKind.AdmittedTo, link.At, false) { Number = link.Link.Number, Unit = link.Link.Unit };
        return null;
    }

    private Outcome WithStanding(VisitCommand command, Outcome outcome) => command switch
    {
        FeedCommand => outcome with { Status = Visit.Course.Status },
        ReachStep { Step: Steps.Departed } or Contracts.Visits.Undo or Contracts.Visits.Verify { What: Verified.Here or Verified.Place } =>
            outcome with { Standing = Standing(command) },
        _ => outcome,
    };

    private Standing Standing(VisitCommand command)
    {
        var course = Visit.Course;
        var seen = new SeenByStaff(course is { Status: VisitStatus.Departed, IsEndSeen: true, EndedAt: { } left }
            ? new Leaving(left, course.DepartedAs)
            : null);
        return new Standing(Visit.Patient.Id, course.Status, seen, command is Contracts.Visits.Verify && course.IsOpen
            ? new Placing(course.Location ?? new Location(course.Unit), command.OccurredAt)
            : null);
    }
}
