using System.Net;
using System.Net.Sockets;
using Journey.Gateway.Tests.Hosts;
using Journey.Gateway.Tests.Identity;
using Microsoft.AspNetCore.SignalR.Client;

namespace Journey.Gateway.Tests.Hostile;

/// <summary>A host on which few streams may be open for one person or address.</summary>
public sealed class FewStreamsHost : StandaloneHostFixture
{
    public const int Streams = 5;

    protected override string Kind => "Development";

    protected override string[] Settings => [$"--Journey:Gateway:StreamsPerAddress={Streams}"];
}

/// <summary>Whoever opens streams without end gets so many, and takes nobody else's.</summary>
public sealed class StreamFloodTests(FewStreamsHost journey) : IClassFixture<FewStreamsHost>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_address_has_so_many_event_streams_and_another_has_its_own()
    {
        using var screen = new Browser(new Uri(journey.Address));
        using (var asked = await screen.Post("/api/v1/walls/codes")) Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
        using var here = From("127.0.0.1", screen.Cookies);
        using var there = From("127.0.0.9", screen.Cookies);
        var open = new List<HttpResponseMessage>();
        for (var n = 0; n < FewStreamsHost.Streams; n++) open.Add(await Open(here));
        Assert.All(open,
            stream => Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (stream.StatusCode, stream.Content.Headers.ContentType?.MediaType)));
        using (var more = await Open(here))
            Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(1)), (more.StatusCode, more.Headers.RetryAfter?.Delta));
        using (var other = await Open(there)) Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        // What does not stay open is answered as before.
        using (var code = await screen.Post("/api/v1/walls/codes")) Assert.Equal(HttpStatusCode.OK, code.StatusCode);
        foreach (var stream in open) stream.Dispose();
        await StandaloneHostFixture.Eventually(async () =>
        {
            using var again = await Open(here);
            return again.StatusCode;
        }, status => status == HttpStatusCode.OK, "a place is free again");
    }

    [Fact]
    public async Task One_person_has_so_many_connections_of_the_hub()
    {
        using var nurse = new Browser(new Uri(journey.Address));
        using (await nurse.SignIn("Jamie Applecross")) { }
        using var colleague = new Browser(new Uri(journey.Address));
        using (await colleague.SignIn("Morgan Castlebay")) { }
        var open = new List<HubConnection>();
        for (var n = 0; n < FewStreamsHost.Streams; n++) open.Add(await Connected(nurse));
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => Connected(nurse));
        await using (await Connected(colleague)) { }
        foreach (var hub in open) await hub.DisposeAsync();
    }

    private async Task<HubConnection> Connected(Browser browser)
    {
        var hub = new HubConnectionBuilder().WithUrl(journey.Address + Api.Paths.BoardHub, o =>
        {
            o.Cookies = browser.Cookies;
            o.Headers["Origin"] = journey.Address;
        }).Build();
        await hub.StartAsync(Stop);
        return hub;
    }

    private static async Task<HttpResponseMessage> Open(HttpClient http) =>
        await http.GetAsync("/api/v1/walls/codes/live", HttpCompletionOption.ResponseHeadersRead, Stop);

    private HttpClient From(string address, CookieContainer cookies) => new(new SocketsHttpHandler
    {
        CookieContainer = cookies,
        ConnectCallback = async (context, cancellation) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
            await socket.ConnectAsync(context.DnsEndPoint, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    { BaseAddress = new Uri(journey.Address) };
}
