using Journey.Contracts;
using Journey.Contracts.Patients;
using Journey.Domain.Patients;
using Journey.Grains.Storage;
using Journey.Grains.Streams;

namespace Journey.Grains.Patients;

/// <summary>Which visit one number of one authority names. Its stream has a commit for each time the number was given, and each change of hands.</summary>
[GrainType("visit-number")]
internal sealed class VisitNumberGrain(IJournal journal, TimeProvider clock) : Grain, IVisitNumberGrain
{
    private EventStream<NumberBook, NumberEvent> stream = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        stream = new(KnownStreams.Number, StreamKinds.Number + this.GetPrimaryKey().ToString("N"), journal, clock) { GiveUp = DeactivateOnIdle };
        return stream.Open(cancellationToken);
    }

    public Task<NumberedVisit?> Read() => Task.FromResult(stream.State.Names);

    public async Task<NumberedVisit> Claim(CommandId id, Actor by, NumberedVisit visit)
    {
        await stream.Execute(id, by, visit, static (book, visit, _) => book.Names is null ? NumberNames.Of(visit) : null);
        return stream.State.Names!;
    }

    public async Task<NamedVisit> Name(CommandId id, Actor by, NumberedVisit visit)
    {
        var named = await stream.Execute(id, by, visit, static (book, visit, _) => book.Decide(visit));
        return new NamedVisit(stream.State.Names!, named.Before.Names);
    }
}
