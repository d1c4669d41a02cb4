using Journey.Simulator.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Journey.Simulator.Tests;

public sealed class HostingTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("journey-demo-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task The_hosted_demo_sends_to_its_own_host_and_remembers_its_run_beside_the_data()
    {
        await using var receiver = await FakeReceiver.Open();
        await using var host = Host(("Journey:Mllp:Port", $"{receiver.Port}"), ("Journey:Demo:HistoryHours", "0.5"));
        var asked = new TaskCompletionSource();
        host.MapGet(Api.Paths.Units, () =>
        {
            asked.TrySetResult();
            return Results.Json(Array.Empty<object>());
        });
        host.MapFallback(() => Results.Conflict());
        await host.StartAsync(TestContext.Current.CancellationToken);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await receiver.FirstMessage.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        await host.StopAsync(TestContext.Current.CancellationToken);
        Assert.True(File.Exists(Path.Combine(_data, "demo.json")));
    }

    [Fact]
    public async Task A_listener_that_chose_its_own_port_is_found()
    {
        await using var receiver = await FakeReceiver.Open();
        var found = new TaskCompletionSource();
        await using var host = Host(services => services.Configure<DemoOptions>(o => o.FindMllp = _ =>
        {
            found.TrySetResult();
            return new(System.Net.IPAddress.Loopback, receiver.Port);
        }), ("Journey:Mllp:Port", "0"), ("Journey:Demo:HistoryHours", "0.1"));
        host.MapGet(Api.Paths.Units, () => Results.Json(Array.Empty<object>()));
        await host.StartAsync(TestContext.Current.CancellationToken);
        await found.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await receiver.FirstMessage.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("Speed", "0")]
    [InlineData("HistoryHours", "-1")]
    [InlineData("BaseUrl", "nowhere")]
    [InlineData("MllpPort", "70000")]
    [InlineData("TimeZone", "Atlantis/Capital")]
    [InlineData("Connections", "0")]
    [InlineData("Habits", "often")]
    [InlineData("OutageEveryHours", "-1")]
    [InlineData("OutageMinutes", "0")]
    public async Task A_wrong_value_stops_the_start_and_names_its_key(string key, string value)
    {
        await using var host = Host(($"Journey:Demo:{key}", value));
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains($"Journey:Demo:{key}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_can_be_turned_off()
    {
        await using var host = Host(("Journey:Demo:Enabled", "false"));
        await host.StartAsync(TestContext.Current.CancellationToken);
        var demo = host.Services.GetServices<IHostedService>().OfType<DemoHospital>().Single();
        await demo.ExecuteTask!.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.Empty(Directory.EnumerateFiles(_data));
    }

    private WebApplication Host(params (string Key, string Value)[] settings) => Host(_ => { }, settings);

    private WebApplication Host(Action<IServiceCollection> more, params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddInMemoryCollection(settings.Append(("Journey:DataDirectory", _data))
            .Select(s => KeyValuePair.Create(s.Item1, (string?)s.Item2)));
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Services.AddLogging();
        builder.Services.AddJourneyDemo(builder.Configuration);
        more(builder.Services);
        return builder.Build();
    }
}
