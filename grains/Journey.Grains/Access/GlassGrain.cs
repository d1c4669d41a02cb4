using System.Globalization;
using Journey.Contracts;
using Journey.Contracts.Access;
using Journey.Contracts.Audit;
using Journey.Contracts.Visits;
using Journey.Domain.Access;
using Journey.Domain.Policies;
using Journey.Grains.Runtime;
using Journey.Grains.Storage;
using Journey.Grains.Streams;
using Microsoft.Extensions.Logging;

namespace Journey.Grains.Access;

/// <summary>The way to break the glass, and the list of who did.</summary>
[GrainType("glass")]
internal sealed partial class GlassGrain(IJournal journal, Policy policy, TimeProvider clock, ILogger<GlassGrain> logger) : Grain, IGlassGrain
{
    private readonly Watchers<IGlassObserver> _watchers = new(clock);
    private EventStream<GlassLog, GlassEvent> _stream = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _stream = new(KnownStreams.Glass, GlassKeys.All, journal, clock) { GiveUp = DeactivateOnIdle, Moved = Tell };
        return _stream.Open(cancellationToken);
    }

    public async Task<Outcome> Break(VisitId visit, BreakGlass command)
    {
        if (!_stream.Has(command.Id))
        {
            var now = clock.GetRecordedNow();
            if (GlassDecider.Obstacle(_stream.State, command, policy, now) is { } refusal) return Outcome.Refused(_stream.Version, refusal);
            // Whoever may break the glass may read any visit, so null means that there is no such visit.
            if (await GrainFactory.Visit(visit).Read() is null) return Outcome.Refused(_stream.Version, VisitAccess.Unknown);
            await _stream.Commit(command.Id, command.By, [new GlassAsked(command.Id.Value, visit, command.Reason, command.Note, now)]);
            await TellOfVolume(command, now);
        }

        // A retry comes here too: the visit recognises the command and answers as the first time.
        var answer = await GrainFactory.Visit(visit).BreakGlass(command);
        await _stream.Commit(command.Id.Derive("answered"), command.By, [answer is { Until: { } until }
            ? new GlassOpened(command.Id.Value, answer.Unit, answer.Confidential, until)
            : new GlassRefused(command.Id.Value, answer.Outcome.Refusal?.Code ?? "")]);
        return answer.Outcome;
    }

    public async Task<Outcome> Review(ReviewGlass command)
    {
        if (_stream.Has(command.Id)) return new Outcome(OutcomeKind.Repeated, _stream.Version);
        if (_stream.State.Find(command.Grant) is not { } entry)
            return Outcome.Refused(_stream.Version, new Refusal(RefusalCodes.GlassUnknown, "No such grant."));
        // A grant that the visit refused, or never answered, stands on this list alone: the visit has nothing to review.
        if (entry.State == GlassState.Opened && await GrainFactory.Visit(entry.Visit).ReviewGlass(command) is { Refusal: not null } refused)
            return refused;
        return await _stream.Execute(command.Id, command.By, (_, now) => new GlassJudged(command.Grant, command.Verdict, now, command.Remark));
    }

    public Task<GlassList> Read() => Task.FromResult(List());

    public Task<GlassTerms> Terms() => Task.FromResult(new GlassTerms(policy.Glass.Reasons, policy.Glass.Lasts));

    public Task<GlassList> Watch(IGlassObserver observer)
    {
        _watchers.Add(observer);
        return Read();
    }

    /// <summary>
    /// The list says so at once, for it is told of each; the trail too, for whoever reads that alone. What cannot be recorded opens the visit all the
    /// same: each of them is recorded.
    /// </summary>
    private async Task TellOfVolume(BreakGlass command, DateTimeOffset now)
    {
        if (GlassDecider.Volumes(_stream.State, policy).FirstOrDefault(v => v.By.Id == command.By.Id) is not { } volume || volume.To != now) return;
        TooOften(logger, volume.Count);
        try
        {
            await GrainFactory.GetGrain<IAuditGrain>(AuditChains.Key((int)((uint)command.Id.GetHashCode() % AuditChains.Count))).Record(new AuditEntry
            {
                Id = command.Id.Derive("volume").Value, At = now, Who = new AuditParty(command.Holder, command.By.Name),
                Action = AuditAction.BreakGlass, Operation = GlassKeys.Volume, Outcome = AuditOutcome.Done,
                Detail = string.Create(CultureInfo.InvariantCulture, $"{volume.Count} times within an hour"),
            });
        }
        catch (Exception e) when (e is OutcomeUnknownException or TimeoutException or OrleansException)
        {
            NotRecorded(logger, e);
        }
    }

    [LoggerMessage(2721, LogLevel.Warning, "One person broke the glass {Count} times within an hour; the privacy officer's list says who.")]
    private static partial void TooOften(ILogger logger, int count);

    [LoggerMessage(2722, LogLevel.Error,
        "That one person broke the glass often could not be recorded in the audit trail; the privacy officer's list says so.")]
    private static partial void NotRecorded(ILogger logger, Exception exception);

    private void Tell(bool isRead)
    {
        var list = List();
        _watchers.Tell(w => w.GlassChanged(list));
    }

    private GlassList List() => _stream.State.List(policy, clock.GetUtcNow(), _stream.Version);
}
