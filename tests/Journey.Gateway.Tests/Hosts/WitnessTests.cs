using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Journey.Domain.Audit;
using Journey.Grains.Audit;
using Journey.Grains.Storage;
using Journey.Standalone;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Journey.Gateway.Tests.Hosts;

/// <summary>Where the audit trail stands is told to somebody outside.</summary>
public sealed partial class WitnessTests
{
    [Theory, InlineData(true), InlineData(false)]
    public async Task The_heads_come_as_an_audit_message_and_verify_compares_them(bool tls)
    {
        await using var receiver = new Receiver(tls);
        await using var journey = new WatchedHost(receiver);
        await journey.InitializeAsync();
        await receiver.Next();
        for (var n = 0; n < 8; n++) await journey.Get("/api/v1/alerts");
        await Again(journey);

        var message = await receiver.Next();
        var parts = Header().Match(message);
        Assert.True(parts.Success, message);
        var audit = XDocument.Parse(parts.Groups["body"].Value).Root!;
        Assert.Equal(("AuditMessage", "110101", "0"),
            (audit.Name.LocalName, Attribute(audit, "EventIdentification/EventID", "csd-code"),
                Attribute(audit, "EventIdentification", "EventOutcomeIndicator")));
        var kept = KeptHead.Read(Encoding.ASCII
            .GetString(Convert.FromBase64String(Attribute(audit, "ParticipantObjectIdentification/ParticipantObjectDetail", "value"))))!;
        Assert.Equal(4, kept.Count);
        await journey.Get("/api/v1/alerts");
        var (log, key) = (journey.Services.GetRequiredService<IAuditLog>(), journey.Services.GetRequiredService<AuditKey>());
        Assert.Empty((await AuditVerifier.Run(log, key, kept, TestContext.Current.CancellationToken)).Faults);
        Assert.Single((await AuditVerifier.Run(log, key, [kept[0] with { Sequence = 999 }], TestContext.Current.CancellationToken)).Faults);
    }

    [Fact]
    public async Task A_receiver_that_another_authority_signed_is_told_nothing()
    {
        await using var receiver = new Receiver(tls: true);
        using var another = SelfSigned.Certificate("CN=localhost");
        await File.WriteAllTextAsync(receiver.AuthoritiesPath, another.ExportCertificatePem(), TestContext.Current.CancellationToken);
        await using var journey = new WatchedHost(receiver);
        await journey.InitializeAsync();

        await StandaloneHostFixture.Eventually(() => journey.Http.GetStringAsync("/metrics", TestContext.Current.CancellationToken),
            metrics => Regex.IsMatch(metrics, @"journey_audit_heads_failures_total\{[^}]*\} 1\b"), "the failure is counted");
        Assert.False(receiver.HasMessage);
    }

    [Fact]
    public async Task Without_encryption_nothing_leaves_this_machine()
    {
        await using var host =
            StandaloneHost.Build(["--Journey:Audit:Syslog:Host=192.0.2.1", "--Journey:Audit:Syslog:Plain=true", "--Journey:Mllp:Port=0",
                "--Journey:Gateway:WithoutSignIn=true", "--urls=http://127.0.0.1:0",
            "--Journey:DataDirectory=" + Path.Combine(Path.GetTempPath(), $"journey-{Guid.NewGuid():N}")]);
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains("Journey:Audit:Syslog:Plain", refused.Message, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^<85>1 \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z \S+ Journey \d+ DICOM\+RFC3881 - \uFEFF(?<body><AuditMessage>.*</AuditMessage>)$")]
    private static partial Regex Header();

    private static string Attribute(XElement root, string path, string name) =>
        path.Split('/').Aggregate(root, (at, part) => at.Element(part)!).Attribute(name)!.Value;

    /// <summary>As after an hour.</summary>
    private static async Task Again(WatchedHost journey)
    {
        var witness = journey.Services.GetServices<IHostedService>().Single(s => s.GetType().Name == "HeadWitness");
        await witness.StopAsync(TestContext.Current.CancellationToken);
        await witness.StartAsync(TestContext.Current.CancellationToken);
    }

    private sealed class WatchedHost(Receiver receiver) : StandaloneHostFixture
    {
        protected override string[] Settings => [
            "--Journey:Audit:Syslog:Host=localhost", $"--Journey:Audit:Syslog:Port={receiver.Port}", $"--Journey:Audit:Syslog:Plain={!receiver.Tls}",
            .. receiver.Tls ? (string[])["--Journey:Audit:Syslog:AuthoritiesPath=" + receiver.AuthoritiesPath] : [],
        ];
    }

    /// <summary>Takes what is sent, each message behind its length.</summary>
    private sealed class Receiver : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly System.Threading.Channels.Channel<string> _messages = System.Threading.Channels.Channel.CreateUnbounded<string>();
        private readonly X509Certificate2 _certificate = SelfSigned.Certificate("CN=localhost");
        private readonly Task _serving;

        public Receiver(bool tls)
        {
            Tls = tls;
            File.WriteAllText(AuthoritiesPath, _certificate.ExportCertificatePem());
            _listener.Start();
            _serving = Serve();
        }

        public bool Tls { get; }
        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;
        public string AuthoritiesPath { get; } = Path.Combine(Path.GetTempPath(), $"journey-{Guid.NewGuid():N}.pem");
        public bool HasMessage => _messages.Reader.TryPeek(out _);

        public async Task<string> Next() =>
            await _messages.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask()
            .WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        public async ValueTask DisposeAsync()
        {
            _listener.Stop();
            await _serving;
            _certificate.Dispose();
            File.Delete(AuthoritiesPath);
        }

        private async Task Serve()
        {
            try
            {
                while (true)
                {
                    using var client = await _listener.AcceptTcpClientAsync();
                    try
                    {
                        await using var stream = Tls ? await Secured(client) : (Stream)client.GetStream();
                        using var memory = new MemoryStream();
                        await stream.CopyToAsync(memory);
                        var text = Encoding.UTF8.GetString(memory.ToArray());
                        var blank = text.IndexOf(' ', StringComparison.Ordinal);
                        if (blank < 0) continue;
                        Assert.Equal(int.Parse(text[..blank], null), memory.Length - blank - 1);
                        _messages.Writer.TryWrite(text[(blank + 1)..]);
                    }
                    catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
                    {
                        // Who does not trust us goes.
                    }
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // The test is over.
            }
        }

        private async Task<Stream> Secured(TcpClient client)
        {
            var stream = new SslStream(client.GetStream());
            await stream.AuthenticateAsServerAsync(_certificate);
            return stream;
        }
    }
}
