using Journey.Contracts;
using Journey.Contracts.Access;
using Journey.Domain.Access;
using Journey.Domain.Policies;
using Journey.Grains.Boards;
using Journey.Grains.Hosting;
using Journey.Grains.Storage;
using Journey.Grains.Streams;

namespace Journey.Grains.Access;

/// <summary>The way to break the glass, and the list of who did.</summary>
[GrainType("glass")]
internal sealed class GlassGrain(IJournal journal, Policy policy, TimeProvider clock) : Grain, IGlassGrain
{
    private readonly Watchers<IGlassObserver> watchers = new(clock);
    private EventStream<GlassLog> stream = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        stream = new(journal, DeactivateOnIdle, GlassKeys.All, GlassLog.Empty, (state, payload) =>
        {
            var (by, e) = GlassJson.Read(payload.Span);
            return state.Fold(by, e);
        });
        return Activation.Read(() => stream.CatchUp(cancellationToken));
    }

    public async Task<Outcome> Break(VisitId visit, BreakGlass command)
    {
        if (!stream.Has(command.Id)) await Append(command.Id, command.By, new GlassAsked(command.Id.Value, visit, command.Reason, command.Note, clock.GetRecordedNow()));
        // A retry finds its way to the end: the visit knows the command, and says again what became of it.
        var answer = await GrainFactory.Visit(visit).BreakGlass(command);
        var end = command.Id.Derive("answered");
        if (!stream.Has(end))
        {
            await Append(end, command.By, answer is { Until: { } until }
                ? new GlassOpened(command.Id.Value, answer.Unit, answer.Confidential, until)
                : new GlassRefused(command.Id.Value, answer.Outcome.Refusal?.Code ?? ""));
        }

        return answer.Outcome;
    }

    public async Task<Outcome> Review(ReviewGlass command)
    {
        if (stream.Has(command.Id)) return new Outcome(OutcomeKind.Repeated, stream.Version);
        if (stream.State.Find(command.Grant) is not { } entry) return Outcome.Refused(stream.Version, new Refusal(RefusalCodes.GlassUnknown, "No such grant."));
        // What the visit refused, or has never answered, is the list's alone.
        if (entry.State == GlassState.Opened && await GrainFactory.Visit(entry.Visit).ReviewGlass(command) is { Refusal: not null } refused) return refused;
        return await Append(command.Id, command.By, new GlassJudged(command.Grant, command.Verdict, clock.GetRecordedNow(), command.Remark));
    }

    public Task<GlassList> Read() => Task.FromResult(List());

    public Task<GlassTerms> Terms() => Task.FromResult(new GlassTerms(policy.Glass.Reasons, policy.Glass.Lasts));

    public Task<GlassList> Watch(IGlassObserver observer)
    {
        watchers.Add(observer);
        return Read();
    }

    private async Task<Outcome> Append(CommandId id, Actor by, GlassEvent e)
    {
        var outcome = new Outcome(await stream.Append(id, by, clock.GetRecordedNow(), GlassJson.Write(by, e)), stream.Version);
        var list = List();
        watchers.Tell(w => w.GlassChanged(list));
        return outcome;
    }

    private GlassList List() => stream.State.List(clock.GetUtcNow(), stream.Version);
}
