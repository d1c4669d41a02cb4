using System.Collections.Concurrent;
using Journey.Contracts.Boards;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Journey.Gateway.Tests.Hosts;

public class RenewalTests(RenewalHostFixture journey) : IClassFixture<RenewalHostFixture>
{
    [Fact]
    public async Task A_watched_board_is_read_once_and_renewed_without_its_rows()
    {
        var guest = await journey.Arrived();
        await using var watcher = await Watcher.Start(journey, guest.Unit);
        var before = watcher.Board.AsOf;
        await watcher.Until(board => board.AsOf > before.AddSeconds(2));
        Assert.Equal(1, journey.Boards.Count(guest.Unit, nameof(IUnitBoardGrain.Watch)));
        Assert.True(journey.Boards.Count(guest.Unit, nameof(IUnitBoardGrain.Renew)) > 1);
    }

    [Fact]
    public async Task A_board_of_a_silo_that_does_not_know_how_to_renew_is_read_instead()
    {
        var guest = await journey.Arrived();
        journey.Boards.Refuse(guest.Unit);
        await using var watcher = await Watcher.Start(journey, guest.Unit);
        var before = watcher.Board.AsOf;
        await watcher.Until(board => board.AsOf > before.AddSeconds(2));
        Assert.True(journey.Boards.Count(guest.Unit, nameof(IUnitBoardGrain.Watch)) > 1);
    }

    [Fact]
    public async Task A_change_that_was_lost_on_the_way_is_missed_and_the_board_read_anew()
    {
        var guest = await journey.Arrived();
        await using var watcher = await Watcher.Start(journey, guest.Unit);
        journey.Boards.Lose(guest.Unit);
        var second = await journey.Arrived("Zweite", unit: guest.Unit);
        await watcher.Until(board => board.Rows.Any(row => row.VisitId == second.VisitId));
        Assert.Equal((0, 2), (journey.Boards.ToLose(guest.Unit), journey.Boards.Count(guest.Unit, nameof(IUnitBoardGrain.Watch))));
    }
}

/// <summary>The whole of Journey, with an ear at the boards' calls.</summary>
public sealed class RenewalHostFixture : StandaloneHostFixture
{
    internal BoardCalls Boards { get; } = new();

    protected override string[] Settings => ["--Journey:Gateway:BoardRenewSeconds=1"];

    protected override void With(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IIncomingGrainCallFilter>(Boards);
        builder.Services.AddSingleton<IOutgoingGrainCallFilter>(Boards);
    }
}

/// <summary>Counts what boards are asked, and loses what one tells when it is told to.</summary>
internal sealed class BoardCalls : IIncomingGrainCallFilter, IOutgoingGrainCallFilter
{
    private readonly ConcurrentDictionary<(string Unit, string Method), int> _asked = new();
    private readonly ConcurrentDictionary<string, int> _toLose = new();
    private readonly ConcurrentDictionary<string, bool> _refused = new();

    public int Count(string unit, string method) => _asked.GetValueOrDefault((unit, method));

    /// <summary>The unit's board does not know how to renew, as one of an older version.</summary>
    public void Refuse(string unit) => _refused[unit] = true;

    /// <summary>The unit's next delta does not arrive.</summary>
    public void Lose(string unit) => _toLose[unit] = 1;

    public int ToLose(string unit) => _toLose.GetValueOrDefault(unit);

    public Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.Grain is not IUnitBoardGrain) return context.Invoke();
        var unit = BoardKeys.CodeOf(context.TargetId.Key.ToString()!);
        _asked.AddOrUpdate((unit, context.MethodName), 1, (_, count) => count + 1);
        return context.MethodName == nameof(IUnitBoardGrain.Renew) && _refused.ContainsKey(unit)
            ? throw new NotSupportedException()
            : context.Invoke();
    }

    public Task Invoke(IOutgoingGrainCallContext context)
    {
        if (context.MethodName == nameof(IBoardObserver.Changed) && context.Request.GetArgument(0) is BoardDelta delta
            && _toLose.TryUpdate(delta.Unit, 0, 1))
            throw new TimeoutException("Lost.");
        return context.Invoke();
    }
}
