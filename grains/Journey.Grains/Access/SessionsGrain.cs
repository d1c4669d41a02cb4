using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Access;
using Journey.Domain.Access;
using Journey.Grains.Boards;
using Journey.Grains.Storage;
using Journey.Grains.Streams;

namespace Journey.Grains.Access;

/// <summary>The sessions of one day, or the walls'.</summary>
[GrainType("sessions")]
internal sealed class SessionsGrain(IJournal journal, TimeProvider clock) : Grain, ISessionsGrain
{
    private readonly Watchers<ISessionObserver> watchers = new(clock);
    private EventStream<SessionLog> stream = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        stream = new(journal, DeactivateOnIdle, this.GetPrimaryKeyString(), SessionLog.Empty, (state, payload) => state.Fold(SessionJson.Read(payload.Span)));
        return Activation.Read(() => stream.CatchUp(cancellationToken));
    }

    public Task<Outcome> Begin(BeginSession command) => Append(command.Id, command.By, new SessionBegan(command.Session));

    public async Task<Outcome> End(EndSession command)
    {
        if (stream.State.Obstacle(command) is { } refusal) return Outcome.Refused(stream.Version, refusal);
        // Over is over: whoever ended it first.
        var outcome = stream.State.Ended.Contains(command.Session)
            ? Outcome.Unchanged(stream.Version)
            : await Append(command.Id, command.By, new SessionEnded(command.Session, clock.GetRecordedNow(), command.Reason));
        watchers.Tell(w => w.SessionEnded(command.Session));
        return outcome;
    }

    public Task<ImmutableArray<SessionInfo>> Open() => Task.FromResult(stream.State.Open(clock.GetUtcNow()));

    public Task<EndedSessions?> Watch(ISessionObserver observer, long known)
    {
        watchers.Add(observer);
        return Task.FromResult(known == stream.Version ? null : new EndedSessions(stream.Version, [.. stream.State.Ended]));
    }

    private async Task<Outcome> Append(CommandId id, Actor by, SessionEvent e) =>
        new(await stream.Append(id, by, clock.GetRecordedNow(), SessionJson.Write(by, e)), stream.Version);
}
