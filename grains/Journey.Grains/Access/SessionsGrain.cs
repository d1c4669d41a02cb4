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
    private readonly Watchers<ISessionObserver> _watchers = new(clock);
    private EventStream<SessionLog, SessionEvent> _stream = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _stream = new(KnownStreams.Sessions, this.GetPrimaryKeyString(), journal, clock) { GiveUp = DeactivateOnIdle };
        return _stream.Open(cancellationToken);
    }

    public Task<Outcome> Begin(BeginSession command) => _stream.Execute(command.Id, command.By, (_, _) => new SessionBegan(command.Session));

    public async Task<Outcome> End(EndSession command)
    {
        var outcome = await _stream.Execute(command.Id, command.By, (log, now) => log.Decide(command, now));
        // Told again although it was over before: a gateway may have missed it the first time.
        if (outcome.Refusal is null) _watchers.Tell(w => w.SessionEnded(command.Session));
        return outcome;
    }

    public Task<ImmutableArray<SessionInfo>> Open() => Task.FromResult(_stream.State.Open(clock.GetUtcNow()));

    public Task<EndedSessions?> Watch(ISessionObserver observer, long known)
    {
        _watchers.Add(observer);
        return Task.FromResult(known == _stream.Version ? null : new EndedSessions(_stream.Version, [.. _stream.State.Ended]));
    }
}
