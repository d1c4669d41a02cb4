using System.Security.Cryptography.X509Certificates;
using System.Text;
using Journey.Gateway.Feeds.Listening;
using Journey.Hl7;
using Journey.Hl7.Mllp;
using Journey.Standalone;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Journey.Gateway.Tests.Hosts;

/// <summary>MLLP over TLS as configuration asks for it, with real senders.</summary>
public sealed class MllpTlsTests : IDisposable
{
    private const string Password = "hush-hush";
    private readonly string _folder = Directory.CreateTempSubdirectory("journey-tls-").FullName;
    private readonly X509Certificate2 _server = SelfSigned.Certificate("CN=localhost");
    private readonly X509Certificate2 _lab = SelfSigned.Certificate("CN=lab");

    public MllpTlsTests()
    {
        File.WriteAllBytes(At("server.p12"), _server.Export(X509ContentType.Pfx, Password));
        File.WriteAllText(At("password"), Password + "\n");
        File.WriteAllText(At("lab.pem"), _lab.ExportCertificatePem());
    }

    [Fact]
    public async Task With_a_certificate_and_its_password_from_a_file_messages_travel_encrypted()
    {
        await using var app = await Start($"--Journey:Mllp:CertificatePasswordFile={At("password")}");
        Assert.Equal("AA", await Send(app, null));
        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            await using var plain = await MllpClient.ConnectAsync("127.0.0.1", Port(app), cancellationToken: TestContext.Current.CancellationToken);
            await plain.SendAsync(Message(), TestContext.Current.CancellationToken);
        });
    }

    [Fact]
    public async Task Where_client_certificates_are_asked_for_only_a_sender_with_a_trusted_one_is_heard()
    {
        await using var app = await Start($"--Journey:Mllp:CertificatePassword={Password}", $"--Journey:Mllp:ClientAuthoritiesPath={At("lab.pem")}");
        await Assert.ThrowsAnyAsync<Exception>(() => Send(app, null));
        await Assert.ThrowsAnyAsync<Exception>(() => Send(app, SelfSigned.Certificate("CN=stranger")));
        Assert.Equal("AA", await Send(app, _lab));
    }

    [Fact]
    public async Task A_feed_that_is_bound_to_a_certificate_is_heard_with_that_one_alone()
    {
        using var desk = SelfSigned.Certificate("CN=desk");
        File.WriteAllText(At("both.pem"), _lab.ExportCertificatePem() + "\n" + desk.ExportCertificatePem());
        await using var app = await Start($"--Journey:Mllp:CertificatePassword={Password}", $"--Journey:Mllp:ClientAuthoritiesPath={At("both.pem")}",
            "--Journey:Feeds:0:Name=Lab", "--Journey:Feeds:0:SendingApplication=SYS", "--Journey:Feeds:0:CertificateSubject=cn=lab",
            $"--Journey:Feeds:0:CertificateThumbprints={_lab.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256)}");
        Assert.Equal("AR", await Send(app, desk));
        Assert.Equal("AA", await Send(app, _lab));
    }

    [Fact]
    public async Task A_wrong_password_stops_the_start_and_is_named_but_not_told()
    {
        var refused =
            await Assert.ThrowsAnyAsync<Microsoft.Extensions.Options.OptionsValidationException>(() =>
                Start("--Journey:Mllp:CertificatePassword=open-sesame"));
        Assert.Contains("Journey:Mllp:CertificatePassword", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("open-sesame", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _server.Dispose();
        _lab.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<WebApplication> Start(params string[] settings)
    {
        var app = StandaloneHost.Build([
            "--urls=http://127.0.0.1:0", "--environment=Production", "--Journey:Gateway:WithoutSignIn=true", "--Journey:Mllp:Port=0",
            $"--Journey:DataDirectory={_folder}", "--Logging:LogLevel:Default=None",
            $"--Journey:Mllp:CertificatePath={At("server.p12")}", .. settings,
        ]);
        try
        {
            await app.StartAsync(TestContext.Current.CancellationToken);
            await StandaloneHostFixture.Eventually(() => Task.FromResult(app.Services.GetRequiredService<MllpListener>().EndPoint),
                at => at is not null, "MLLP listens", seconds: 30);
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    private async Task<string> Send(WebApplication app, X509Certificate2? certificate)
    {
        await using var client = await MllpClient.ConnectAsync("127.0.0.1", Port(app), new()
        {
            Timeout = TimeSpan.FromSeconds(20),
            Tls = new MllpClientTls { TargetHost = "localhost", Authorities = [_server], Certificate = certificate },
        });
        return Hl7Message.Parse(await client.SendAsync(Message()))["MSA", 1].Text;
    }

    private static int Port(WebApplication app) => app.Services.GetRequiredService<MllpListener>().EndPoint!.Port;

    private static byte[] Message() =>
        Encoding.UTF8
        .GetBytes("MSH|^~\\&|SYS|NORTH|||20260302081500+0000||ADT^A04|TLS1|P|2.5\rPID|1||T1^^^N^MR||Muster^Max\rPV1|1|E|ED||||||||||||||||VT1\r");

    private string At(string name) => Path.Combine(_folder, name);
}
