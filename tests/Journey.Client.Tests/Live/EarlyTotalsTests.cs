using Journey.Api;
using Journey.Client.Live;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Journey.Client.Tests.Live;

/// <summary>
/// A change of totals and the answer with all of them cross: the server joins the group, makes its answer, and somebody's change is sent before it.
/// </summary>
public sealed class EarlyTotalsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task What_changed_before_the_answer_came_is_not_lost_and_not_put_back()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSignalR();
        await using var server = builder.Build();
        server.Urls.Add($"http://127.0.0.1:{Ports.Free()}");
        server.MapHub<OvertakenHub>(Paths.BoardHub);
        await server.StartAsync(TestContext.Current.CancellationToken);

        await using var connection = new BoardConnection(new() { Servers = [new Uri(server.Urls.First())] });
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        connection.UnitsChanged += () =>
        {
            if (connection.Units is [_, _, _]) told.TrySetResult();
        };
        connection.WatchUnits();
        connection.Start();
        await told.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        Assert.Equal([("ED", 2), ("NEW", 1), ("OPD", 5)], connection.Units!.Select(u => (u.Code, u.Present)).Order());
    }

    private static Unit Total(string code, int present, int second) =>
        new(code, code, present, 0, 0, 0, 0, 0, 0, 0, null, 0, Noon.AddSeconds(second));

    private sealed class OvertakenHub : Hub<IBoardClient>
    {
        public async Task<IReadOnlyList<Unit>> WatchUnits()
        {
            // Newer, of a unit that the answer does not know, and older than the answer.
            await Clients.Caller.UnitsChanged(new[] { Total("ED", 2, 5), Total("NEW", 1, 5), Total("OPD", 4, 1) });
            return new[] { Total("ED", 1, 3), Total("OPD", 5, 3) };
        }

        public DateTimeOffset Now() => DateTimeOffset.UtcNow;
    }
}
