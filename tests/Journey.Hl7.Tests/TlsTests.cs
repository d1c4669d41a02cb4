using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Journey.Hl7.Mllp;
using Microsoft.Extensions.Time.Testing;

namespace Journey.Hl7.Tests;

public class TlsTests
{
    private static readonly X509Certificate2 Server = SelfSigned("CN=localhost");
    private static readonly X509Certificate2 Lab = SelfSigned("CN=lab");
    private static readonly X509Certificate2 Stranger = SelfSigned("CN=stranger");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Messages_travel_encrypted()
    {
        await using var listener = new Listener(new MllpServerOptions { Tls = new MllpServerTls(Server) });
        await using var client = await listener.Connect(Client());
        for (var i = 0; i < 20; i++) Assert.Equal($"AA {i}", Listener.Acked(await client.SendAsync(Listener.Message($"{i}"), Stop)));
        Assert.Null(Assert.Single(listener.Connections).ClientCertificateSubject);
    }

    [Fact]
    public async Task A_server_with_another_certificate_is_not_trusted()
    {
        await using var listener = new Listener(new MllpServerOptions { Tls = new MllpServerTls(Stranger) });
        await Assert.ThrowsAsync<AuthenticationException>(() => listener.Connect(Client()));
        await Listener.Until(() => listener.Server.ConnectionCount == 0, "the connection is gone");
    }

    [Fact]
    public async Task A_client_is_asked_for_its_certificate()
    {
        await using var listener = new Listener(new MllpServerOptions { Tls = Mutual() });
        await using var client = await listener.Connect(Client(Lab));
        Assert.Equal("AA 1", Listener.Acked(await client.SendAsync(Listener.Message("1"), Stop)));
        Assert.Equal("CN=lab", Assert.Single(listener.Connections).ClientCertificateSubject);
    }

    [Fact]
    public async Task A_client_without_a_trusted_certificate_is_turned_away()
    {
        await using var listener = new Listener(new MllpServerOptions { Tls = Mutual() });
        foreach (var certificate in new[] { null, Stranger })
        {
            await Assert.ThrowsAnyAsync<Exception>(async () =>
            {
                await using var client = await listener.Connect(Client(certificate));
                await client.SendAsync(Listener.Message("1"), Stop);
            });
        }

        await Listener.Until(() => listener.Refusals.Count == 2, "two refusals");
        Assert.Empty(listener.Connections);
        await using var good = await listener.Connect(Client(Lab));
        Assert.Equal("AA 2", Listener.Acked(await good.SendAsync(Listener.Message("2"), Stop)));
    }

    [Fact]
    public async Task A_plain_sender_at_a_tls_port_is_turned_away_and_the_listener_goes_on()
    {
        await using var listener = new Listener(new MllpServerOptions { Tls = new MllpServerTls(Server) });
        await using (var plain = await listener.Connect())
        {
            await Assert.ThrowsAnyAsync<IOException>(() => plain.SendAsync(Listener.Message("1"), Stop));
        }

        await using var client = await listener.Connect(Client());
        Assert.Equal("AA 2", Listener.Acked(await client.SendAsync(Listener.Message("2"), Stop)));
    }

    [Fact]
    public async Task A_handshake_that_never_comes_is_not_waited_for()
    {
        var clock = new FakeTimeProvider();
        await using var listener = new Listener(new MllpServerOptions { Tls = new MllpServerTls(Server) }, clock);
        using var silent = await listener.ConnectRaw();
        await Listener.Until(() => listener.Server.ConnectionCount == 1, "the connection is open");
        await Listener.Until(
            () =>
            {
                clock.Advance(TimeSpan.FromSeconds(3));
                return listener.Server.ConnectionCount == 0;
            },
            "the silent connection is closed");
    }

    [Fact]
    public async Task Stopping_acknowledges_over_tls_too()
    {
        var gate = new TaskCompletionSource();
        var started = new SemaphoreSlim(0);
        await using var listener = new Listener(new MllpServerOptions { Tls = new MllpServerTls(Server) }, handle: async (frame, _) =>
        {
            started.Release();
            await gate.Task;
            return Listener.Accept(frame);
        });
        await using var client = await listener.Connect(Client());
        var waiting = client.SendAsync(Listener.Message("1"), Stop);
        await started.WaitAsync(Stop);
        var stopping = listener.Server.StopAsync(TimeSpan.FromSeconds(20));
        gate.SetResult();
        Assert.Equal("AA 1", Listener.Acked(await waiting));
        await stopping;
        Assert.Equal(MllpCloseReason.Stopped, Assert.Single(listener.Closings));
    }

    private static MllpServerTls Mutual() => new(Server) { RequireClientCertificate = true, ClientAuthorities = [Lab] };

    private static MllpClientOptions Client(X509Certificate2? certificate = null) => new()
    {
        Timeout = TimeSpan.FromSeconds(20),
        Tls = new MllpClientTls { TargetHost = "localhost", Authorities = [Server], Certificate = certificate },
    };

    private static X509Certificate2 SelfSigned(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name["CN=".Length..]);
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero),
            new DateTimeOffset(2120, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }
}
