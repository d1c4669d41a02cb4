using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using Journey.Gateway.Feeds.Listening;
using Journey.Gateway.Tests.Hosts;
using Journey.Hl7;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

[assembly: AssemblyFixture(typeof(Journey.Gateway.Tests.Hostile.BesiegedHost))]

namespace Journey.Gateway.Tests.Hostile;

/// <summary>
/// A host that is attacked while a feed, a watcher and a nurse go on working: real listener, real MLLP, real sign-in. After each attack all of them
/// must be as before.
/// </summary>
public sealed class BesiegedHost : StandaloneHostFixture, ILoggerProvider
{
    public const int OfOneAddress = 24;
    private readonly ConcurrentQueue<string> _said = new();

    protected override string Kind => "Development";

    /// <summary>All it has logged, a line for each entry as a console would show it.</summary>
    public IReadOnlyCollection<string> Said => _said;

    public int MllpPort => Services.GetRequiredService<MllpListener>().EndPoint!.Port;

    public int HttpPort => new Uri(Address).Port;

    protected override void With(WebApplicationBuilder builder)
    {
        builder.Configuration["Journey:Mllp:MaxConnectionsPerAddress"] = OfOneAddress.ToString(System.Globalization.CultureInfo.InvariantCulture);
        builder.Logging.AddProvider(this);
    }

    /// <summary>Whatever is done meanwhile: what was acknowledged is there, a change reaches the watcher, and a nurse is answered.</summary>
    public async Task StaysWell(Func<Task> attack)
    {
        var stop = TestContext.Current.CancellationToken;
        using var nurse = new Identity.Browser(new Uri(Address));
        using (await nurse.SignIn("Jamie Applecross")) { }
        await using var hub = new HubConnectionBuilder().WithUrl(Address + Api.Paths.BoardHub, o =>
        {
            o.Cookies = nurse.Cookies;
            o.Headers["Origin"] = Address;
        }).Build();
        var shown = new ConcurrentDictionary<Guid, byte>();
        hub.On<Api.BoardChange>("BoardChanged", change =>
        {
            foreach (var row in change.Changed) shown[row.VisitId] = 0;
        });
        await hub.StartAsync(stop);
        foreach (var row in (await hub.InvokeAsync<Api.Board>("WatchUnit", "ED", stop)).Rows) shown[row.VisitId] = 0;

        using var enough = new CancellationTokenSource();
        var feed = Feed(enough.Token);
        await attack();
        await enough.CancelAsync();
        var guests = await feed;
        guests.Add(await Arrives()); // And one after the attack.

        foreach (var guest in guests)
        {
            using var found = await nurse.Get($"/api/v1/visits?number={guest.Visit}");
            var visit = Assert.Single((await found.Content.ReadFromJsonAsync<Api.FoundVisit[]>(stop))!);
            await Eventually(() => Task.FromResult(shown.ContainsKey(visit.VisitId)), is_ => is_, $"the watcher of the board hears of {guest.Visit}");
        }

        Assert.Equal(HubConnectionState.Connected, hub.State);
    }

    /// <summary>From another address than the attackers': a hospital's system.</summary>
    private async Task<List<Guest>> Feed(CancellationToken enough)
    {
        var guests = new List<Guest>();
        do
        {
            guests.Add(await Arrives());
            await Task.Delay(50, CancellationToken.None);
        }
        while (!enough.IsCancellationRequested && guests.Count < 200);
        return guests;
    }

    private async Task<Guest> Arrives()
    {
        var guest = new Guest(Fresh("HP"), Fresh("HV"), "ED", "Musterfrau", "Erika");
        await Deliver(guest.Message("A04"));
        return guest;
    }

    /// <summary>A hospital's system sends a message, from an address of its own: the attackers' may have none to spare.</summary>
    public async Task Deliver(string message)
    {
        using var socket = await Connect(MllpPort, "127.0.0.2");
        await socket.SendAsync(Encoding.UTF8.GetBytes($"\v{message}\x1c\r"));
        var answer = await Read(socket, text => text.Contains('\x1c', StringComparison.Ordinal));
        Assert.Equal("AA", Hl7Message.Parse(answer.Trim('\v', '\x1c', '\r') + "\r")["MSA", 1].Text);
    }

    public static async Task<Socket> Connect(int port, string from = "127.0.0.1")
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
        await socket.ConnectAsync(IPAddress.Loopback, port);
        return socket;
    }

    /// <summary>What comes until it is enough, or until the other side closes.</summary>
    public static async Task<string> Read(Socket socket, Func<string, bool>? enough = null, int seconds = 30)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(seconds));
        var (text, part) = (new StringBuilder(), new byte[8192]);
        try
        {
            while (enough?.Invoke(text.ToString()) != true && await socket.ReceiveAsync(part.AsMemory(), patience.Token) is > 0 and var count)
                text.Append(Encoding.Latin1.GetString(part, 0, count));
        }
        catch (SocketException)
        {
            // Reset: closed all the same.
        }

        return text.ToString();
    }

    /// <summary>One request as it stands, and the whole answer.</summary>
    public async Task<string> Raw(string request, bool waitForEnd = true)
    {
        using var socket = await Connect(HttpPort);
        await socket.SendAsync(Encoding.Latin1.GetBytes(request));
        return await Read(socket, waitForEnd ? null : text => text.Contains("\r\n\r\n", StringComparison.Ordinal));
    }

    ILogger ILoggerProvider.CreateLogger(string categoryName) => new Ear(_said);

    void IDisposable.Dispose() { }

    private sealed class Ear(ConcurrentQueue<string> said) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            said.Enqueue(formatter(state, exception) + exception);
    }
}
