using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace Journey.Gateway.Tests.Hostile;

/// <summary>A browser that floods the hub, sends it nonsense or never reads is refused or disconnected; the others' boards go on.</summary>
public sealed class HubFloodTests(BesiegedHost journey)
{
    /// <summary>Every other one asks for a unit that is not there, which is answered after a moment on purpose.</summary>
    private const int Calls = 200;

    private static readonly byte[] Hello = Encoding.UTF8.GetBytes("{\"protocol\":\"json\",\"version\":1}\u001e");

    [Fact]
    public Task Hundreds_of_calls_at_once_are_answered_in_their_turn() => journey.StaysWell(async () =>
    {
        await using var hub = await Connected();
        var refused = 0;
        await Task.WhenAll(Enumerable.Range(0, Calls).Select(async i =>
        {
            try
            {
                await hub.InvokeAsync<object>(i % 2 == 0 ? "WatchUnit" : "NoSuchMethod", "U" + i, TestContext.Current.CancellationToken);
            }
            catch (HubException)
            {
                Interlocked.Increment(ref refused);
            }
        }));
        Assert.Equal(Calls, refused);
    });

    [Fact]
    public Task Nonsense_ends_the_connection_it_came_on() => journey.StaysWell(async () =>
    {
        string[] nonsense =
        [
            "not json\u001e", "{\"type\":99}\u001e", "{\"type\":1,\"target\":\"WatchUnit\",\"arguments\":[{}]}\u001e",
            "{\"type\":1,\"invocationId\":\"1\",\"target\":\"WatchUnit\",\"arguments\":[\"" + new string('A', 60_000) + "\"]}\u001e",
            "{\"type\":1,\"invocationId\":\"1\",\"target\":\"" + new string('[', 4_000) + "\"}\u001e", new string('{', 7_000) + "\u001e",
            "{\"type\":4,\"invocationId\":\"1\",\"target\":\"Now\",\"arguments\":[]}\u001e",
        ];
        foreach (var text in nonsense)
        {
            using var socket = await Socket();
            await socket.SendAsync(Hello, WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
            await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
            Assert.DoesNotContain("Musterfrau", await ReadSome(socket), StringComparison.Ordinal);
        }

        using var bomb = await Socket();
        await bomb.SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"messagepack\",\"version\":1}\u001e"), WebSocketMessageType.Text, true,
            TestContext.Current.CancellationToken);
        // A list that says it has two thousand million members.
        await bomb.SendAsync(new byte[] { 0x05, 0xdd, 0x7f, 0xff, 0xff, 0xff }, WebSocketMessageType.Binary, true,
            TestContext.Current.CancellationToken);
        await ReadSome(bomb);
    });

    [Fact]
    public Task Many_who_watch_and_never_read_are_let_go() => journey.StaysWell(async () =>
    {
        var deaf = new List<ClientWebSocket>();
        for (var i = 0; i < 60; i++)
        {
            var socket = await Socket();
            await socket.SendAsync(Hello, WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
            await socket
                .SendAsync(Encoding.UTF8.GetBytes("{\"type\":1,\"invocationId\":\"1\",\"target\":\"WatchUnit\",\"arguments\":[\"ED\"]}\u001e"),
                    WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
            deaf.Add(socket);
        }

        await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
        foreach (var socket in deaf) socket.Dispose();
    });

    private async Task<HubConnection> Connected()
    {
        var token = await Token();
        var hub = new HubConnectionBuilder()
            .WithUrl(journey.Address + Api.Paths.BoardHub, o => o.AccessTokenProvider = () => Task.FromResult<string?>(token)).Build();
        await hub.StartAsync(TestContext.Current.CancellationToken);
        return hub;
    }

    private async Task<ClientWebSocket> Socket()
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", "Bearer " + await Token());
        await socket.ConnectAsync(new Uri(journey.Address.Replace("http", "ws", StringComparison.Ordinal) + Api.Paths.BoardHub),
            TestContext.Current.CancellationToken);
        return socket;
    }

    private string? _token;

    private async Task<string> Token() => _token ??= await journey.ScriptToken();

    /// <summary>What comes within a second, or until the other side closes.</summary>
    private static async Task<string> ReadSome(ClientWebSocket socket)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        var (text, part) = (new StringBuilder(), new byte[8192]);
        try
        {
            while (await socket.ReceiveAsync(part.AsMemory(), patience.Token) is { MessageType: not WebSocketMessageType.Close } got)
                text.Append(Encoding.UTF8.GetString(part, 0, got.Count));
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
        }

        return text.ToString();
    }
}
