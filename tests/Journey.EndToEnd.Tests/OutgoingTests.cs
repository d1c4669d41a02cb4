using System.Net;
using System.Net.Sockets;
using System.Text;
using Journey.Contracts.Families;
using Journey.Grains.Families;
using Journey.Delivery;
using Microsoft.Extensions.Options;

namespace Journey.EndToEnd.Tests;

/// <summary>Where a webhook goes and what a mail server is told, over real sockets.</summary>
public sealed class OutgoingTests : IDisposable
{
    private static readonly OutgoingMessage Message = new("key-1", "someone@hospital.test", "There is a word for you.", "All goes as planned.");
    private readonly string _secret = Path.GetTempFileName();

    public OutgoingTests() => File.WriteAllText(_secret, "a-secret-of-some-length");

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        using var elsewhere = new Server("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        using var gateway =
            new Server($"HTTP/1.1 307 Temporary Redirect\r\nLocation: http://127.0.0.1:{elsewhere.Port}/\r\nContent-Length: 0\r\n\r\n");
        var (answer, why) = await Post($"http://127.0.0.1:{gateway.Port}/sms");
        Assert.Equal(DeliveryAnswer.Never, answer);
        Assert.Contains("307", why, StringComparison.Ordinal);
        Assert.Equal((1, 0), (gateway.Asked, elsewhere.Asked));
    }

    [Fact]
    public async Task A_name_that_leads_within_is_not_followed_unless_that_is_allowed()
    {
        // The machine's own name leads to an address of its own network, or to itself.
        var name = Dns.GetHostName();
        Assert.SkipUnless((await Addresses(name)).Any(OutgoingAddress.IsPrivate), "This machine's name leads to no private address.");
        using var gateway = new Server("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", IPAddress.Any);
        var (answer, why) = await Post($"http://{name}:{gateway.Port}/sms");
        Assert.Equal(DeliveryAnswer.NotNow, answer);
        Assert.Contains("AllowPrivateAddress", why, StringComparison.Ordinal);
        Assert.Equal(0, gateway.Asked);
        Assert.Equal(DeliveryAnswer.Delivered, (await Post($"http://{name}:{gateway.Port}/sms", allow: true)).Answer);
        // An address that is configured as one is meant.
        Assert.Equal(DeliveryAnswer.Delivered, (await Post($"http://127.0.0.1:{gateway.Port}/sms")).Answer);
    }

    [Theory]
    [InlineData("10.1.2.3", true), InlineData("172.31.0.1", true), InlineData("192.168.1.1", true), InlineData("169.254.169.254", true),
        InlineData("127.0.0.1", true), InlineData("100.64.0.1", true), InlineData("::1", true)]
    [InlineData("fd00::1", true), InlineData("fe80::1", true), InlineData("::ffff:10.0.0.1", true), InlineData("0.0.0.0", true),
        InlineData("8.8.8.8", false), InlineData("172.32.0.1", false), InlineData("2001:4860::1", false)]
    public void An_address_within_is_told(string address, bool isPrivate) =>
        Assert.Equal(isPrivate, OutgoingAddress.IsPrivate(IPAddress.Parse(address)));

    [Fact]
    public async Task A_password_of_the_mail_server_is_never_sent_in_clear()
    {
        var address = (await Addresses(Dns.GetHostName()))
            .FirstOrDefault(one => one.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(one));
        Assert.SkipWhen(address is null, "This machine has no address beyond itself.");
        using var server = new Server("", address!) { Mail = true };
        var channel =
            new MailChannel(
                Options.Create(new MailOptions
                {
                    Host = address!.ToString(), Port = server.Port, From = "updates@hospital.test", RequireTls = false,
                    User = "journey", PasswordFile = _secret
                }));
        var (answer, why) = await channel.Send(Message, TestContext.Current.CancellationToken);
        Assert.Equal(DeliveryAnswer.NotNow, answer);
        Assert.Contains("in clear", why, StringComparison.Ordinal);
        Assert.DoesNotContain("AUTH", server.Heard, StringComparison.OrdinalIgnoreCase);
        Assert.NotEqual("", server.Heard);
    }

    public void Dispose() => File.Delete(_secret);

    private async Task<(DeliveryAnswer Answer, string? Why)> Post(string url, bool allow = false)
    {
        var options = new WebhookOptions { Url = url, SecretFile = _secret, AllowPrivateAddress = allow };
        using var http = new HttpClient(OutgoingAddress.Handler(options));
        return await new WebhookChannel(http, Options.Create(options), TimeProvider.System).Send(Message, TestContext.Current.CancellationToken);
    }

    private static async Task<IPAddress[]> Addresses(string name)
    {
        try
        {
            return await Dns.GetHostAddressesAsync(name, TestContext.Current.CancellationToken);
        }
        catch (SocketException)
        {
            return [];
        }
    }

    /// <summary>Answers every request alike; or is a mail server that offers no TLS.</summary>
    private sealed class Server : IDisposable
    {
        private readonly TcpListener _listener;
        private readonly string _answer;
        private readonly StringBuilder _heard = new();
        private int _asked;

        public Server(string answer, IPAddress? address = null)
        {
            _answer = answer;
            _listener = new TcpListener(address ?? IPAddress.Loopback, 0);
            _listener.Start();
            _ = Serve();
        }

        public bool Mail { get; init; }
        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;
        public int Asked => Volatile.Read(ref _asked);
        public string Heard { get { lock (_heard) return _heard.ToString(); } }

        public void Dispose() => _listener.Dispose();

        private async Task Serve()
        {
            try
            {
                while (true) _ = Answer(await _listener.AcceptTcpClientAsync());
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
            }
        }

        private async Task Answer(TcpClient client)
        {
            using var _ = client;
            try
            {
                var stream = client.GetStream();
                if (Mail) await stream.WriteAsync("220 mail.hospital.test ESMTP\r\n"u8.ToArray());
                var buffer = new byte[8192];
                while (await stream.ReadAsync(buffer) is > 0 and var count)
                {
                    var said = Encoding.ASCII.GetString(buffer, 0, count);
                    lock (_heard) _heard.Append(said);
                    if (!Mail) Interlocked.Increment(ref _asked);
                    await stream
                        .WriteAsync(Encoding.ASCII.GetBytes(!Mail ? _answer : said.StartsWith("EHLO", StringComparison.OrdinalIgnoreCase)
                            ? "250-mail\r\n250 AUTH PLAIN LOGIN\r\n"
                            : "250 ok\r\n"));
                }
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
            }
        }
    }
}
