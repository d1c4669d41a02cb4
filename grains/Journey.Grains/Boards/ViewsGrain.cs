using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Boards;
using Journey.Domain.Policies;
using Journey.Domain.Views;
using Journey.Grains.Storage;
using Journey.Grains.Streams;

namespace Journey.Grains.Boards;

/// <summary>The views of one person: how they have boards, wherever they sign in.</summary>
[GrainType("views")]
internal sealed class ViewsGrain(IJournal journal, Policy policy, TimeProvider clock) : Grain, IViewsGrain
{
    private EventStream<PersonViews, ViewEvent> _stream = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _stream = new(KnownStreams.Views, this.GetPrimaryKeyString(), journal, clock) { GiveUp = DeactivateOnIdle };
        return _stream.Open(cancellationToken);
    }

    public Task<ViewBook> Read()
    {
        ImmutableArray<ViewChoice> defaults =
            [.. policy.Units.Where(unit => unit.Board is not null).Select(unit => new ViewChoice(unit.Code, null, unit.Board))];
        return Task.FromResult(new ViewBook(_stream.Version, _stream.State.Views, [.. _stream.State.Choices.Values], defaults));
    }

    public Task<Outcome> Keep(CommandId id, Actor by, string name, BoardLayout layout) =>
        _stream.Execute(id, by, (views, now) => views.Keep(name, layout, now));

    public Task<Outcome> Delete(CommandId id, Actor by, int number) => _stream.Execute(id, by, (views, now) => views.Delete(number, now));

    public Task<Outcome> Choose(CommandId id, Actor by, ViewChoice choice) => _stream.Execute(id, by, (views, now) => views.Choose(choice, now));
}
