using Journey.Contracts;
using Journey.Contracts.Patients;
using Journey.Domain.Patients;
using Journey.Grains.Storage;
using Journey.Grains.Streams;

namespace Journey.Grains.Patients;

/// <summary>
/// Which visit one number of one authority names. Its stream has a commit for each time the number was given, and each change of hands.
/// </summary>
[GrainType("visit-number")]
internal sealed class VisitNumberGrain(IJournal journal, TimeProvider clock) : Grain, IVisitNumberGrain
{
    private EventStream<NumberBook, NumberEvent> _stream = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _stream = new(KnownStreams.Number, StreamKinds.Number + this.GetPrimaryKey().ToString("N"), journal, clock) { GiveUp = DeactivateOnIdle };
        return _stream.Open(cancellationToken);
    }

    public Task<NumberedVisit?> Read() => Task.FromResult(_stream.State.Names);

    public async Task<NumberedVisit> Claim(CommandId id, Actor by, NumberedVisit visit)
    {
        await _stream.Execute(id, by, visit, static (book, visit, _) => book.Names is null ? NumberNames.From(visit) : null);
        return _stream.State.Names!;
    }

    public async Task<NamedVisit> Name(CommandId id, Actor by, NumberedVisit visit)
    {
        var named = await _stream.Execute(id, by, visit, static (book, visit, _) => book.Decide(visit));
        return new NamedVisit(_stream.State.Names!, named.Before.Names);
    }
}
