using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Access;
using Journey.Domain.Access;
using Journey.Grains.Runtime;
using Journey.Grains.Storage;
using Journey.Grains.Streams;

namespace Journey.Grains.Access;

/// <summary>The sessions of one day, or the walls'.</summary>
[GrainType("sessions")]
internal sealed class SessionsGrain(IJournal journal, TimeProvider clock) : Grain, ISessionsGrain
{
    private readonly Watchers<ISessionObserver> watchers = new(clock);
    private EventStream<SessionLog, SessionEvent> stream = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        stream = new(KnownStreams.Sessions, this.GetPrimaryKeyString(), journal, clock) { GiveUp = DeactivateOnIdle };
        return stream.Open(cancellationToken);
    }

    public Task<Outcome> Begin(BeginSession command) => stream.Execute(command.Id, command.By, (_, _) => new SessionBegan(command.Session));

    public async Task<Outcome> End(EndSession command)
    {
        var outcome = await stream.Execute(command.Id, command.By, (log, now) => log.Decide(command, now));
        // Told again although it was over before: a gateway may have missed it the first time.
        if (outcome.Refusal is null) watchers.Tell(w => w.SessionEnded(command.Session));
        return outcome;
    }

    public Task<ImmutableArray<SessionInfo>> Open() => Task.FromResult(stream.State.Open(clock.GetUtcNow()));

    public Task<EndedSessions?> Watch(ISessionObserver observer, long known)
    {
        watchers.Add(observer);
        return Task.FromResult(known == stream.Version ? null : new EndedSessions(stream.Version, [.. stream.State.Ended]));
    }
}
