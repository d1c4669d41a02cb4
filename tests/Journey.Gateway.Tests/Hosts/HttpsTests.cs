using System.Net;
using System.Security.Cryptography.X509Certificates;
using Journey.Standalone;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Journey.Gateway.Tests.Hosts;

/// <summary>HTTP over TLS as configuration asks for it, with real clients.</summary>
public sealed class HttpsTests : IDisposable
{
    private const string Password = "hush-hush";
    private readonly string _folder = Directory.CreateTempSubdirectory("journey-https-").FullName;
    private readonly X509Certificate2 _server = SelfSigned.Certificate("CN=localhost");
    private readonly X509Certificate2 _ward = SelfSigned.Certificate("CN=ward");
    private readonly X509Certificate2 _old = SelfSigned.Certificate("CN=yesterday", DateTimeOffset.UtcNow.AddDays(-1));

    public HttpsTests()
    {
        File.WriteAllBytes(At("server.p12"), _server.Export(X509ContentType.Pfx, Password));
        File.WriteAllText(At("password"), Password + "\n");
        File.WriteAllText(At("ward.pem"), _ward.ExportCertificatePem() + "\n" + _old.ExportCertificatePem());
    }

    [Fact]
    public async Task With_a_certificate_pages_travel_encrypted_and_say_that_they_will_again()
    {
        await using var app = await Start();
        using var http = Client(app);
        using var answer = await http.GetAsync("/health/ready", TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, "max-age=31536000"), (answer.StatusCode, answer.Headers.GetValues("Strict-Transport-Security").Single()));
    }

    [Fact]
    public async Task Where_client_certificates_are_asked_for_only_who_has_a_trusted_one_that_is_good_today_is_served()
    {
        await using var app = await Start($"--Journey:Https:ClientAuthoritiesPath={At("ward.pem")}");
        using var stranger = SelfSigned.Certificate("CN=ward");
        foreach (var wrong in new[] { null, stranger, _old })
        {
            using var refused = Client(app, wrong);
            await Assert.ThrowsAsync<HttpRequestException>(() => refused.GetAsync("/health/ready", TestContext.Current.CancellationToken));
        }

        using var http = Client(app, _ward);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/health/ready", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Theory]
    [InlineData("--Journey:Https:CertificatePassword=open-sesame", "Journey:Https:CertificatePassword")]
    [InlineData("--Journey:Https:ClientAuthoritiesPath=/nowhere.pem", "Journey:Https:ClientAuthoritiesPath")]
    public async Task A_wrong_setting_stops_the_start_and_is_named_but_not_told(string setting, string key)
    {
        var refused = await Assert.ThrowsAnyAsync<Microsoft.Extensions.Options.OptionsValidationException>(() => Start(setting));
        Assert.Contains(key, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("open-sesame", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _server.Dispose();
        _ward.Dispose();
        _old.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<WebApplication> Start(params string[] settings)
    {
        var app = StandaloneHost.Build([
            "--urls=https://127.0.0.1:0", "--environment=Production", "--Journey:Gateway:WithoutSignIn=true", "--Journey:Mllp:Port=0",
            $"--Journey:DataDirectory={_folder}", "--Logging:LogLevel:Default=None",
            $"--Journey:Https:CertificatePath={At("server.p12")}", .. settings.Any(s => s.Contains("Password", StringComparison.Ordinal))
                ? (string[])[]
                : [$"--Journey:Https:CertificatePasswordFile={At("password")}"], .. settings,
        ]);
        try
        {
            await app.StartAsync(TestContext.Current.CancellationToken);
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    private HttpClient Client(WebApplication app, X509Certificate2? shown = null)
    {
        var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, seen, _, _) => seen?.Thumbprint == _server.Thumbprint };
        if (shown is not null) handler.ClientCertificates.Add(shown);
        return new HttpClient(handler)
        {
            BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single())
        };
    }

    private string At(string name) => Path.Combine(_folder, name);
}
