using Journey.Storage.Postgres;
using Journey.Storage.Setup;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Journey.Storage.Tests;

/// <summary>Wrong values stop the start with a message that names the key.</summary>
public sealed class OptionsTests
{
    [Theory]
    [InlineData("Journey:Storage:Provider", "x", "Journey:Storage:Provider must be Sqlite or PostgreSql, not 'x'")]
    [InlineData("Journey:Storage:Provider", "PostgreSql", "Journey:Storage:ConnectionString is required")]
    [InlineData("Journey:Storage:ConnectionString", "no such thing", "Journey:Storage:ConnectionString cannot be read")]
    [InlineData("Journey:Storage:Writers", "17", "Journey:Storage:Writers must be between 1 and 16")]
    [InlineData("Journey:Storage:Writers", "2", "Journey:Storage:Writers must be 1 when Journey:Storage:Provider is Sqlite")]
    [InlineData("Journey:Storage:Writers", "many", "Journey:Storage:Writers")]
    [InlineData("Journey:Storage:QueueLimit", "0", "Journey:Storage:QueueLimit must be between 1 and 1000000")]
    [InlineData("Journey:DataDirectory", "", "Journey:DataDirectory must name a directory")]
    public async Task A_wrong_value_stops_the_start(string key, string value, string message)
    {
        var thrown = await Assert.ThrowsAnyAsync<Exception>(() => Start(new() { [key] = value }));

        Assert.True(thrown is OptionsValidationException or InvalidOperationException, thrown.GetType().Name);
        Assert.Contains(message, thrown.Message);
    }

    [Fact]
    public async Task Sessions_are_not_reset_and_nothing_is_prepared_behind_our_back_unless_the_connection_string_says_otherwise()
    {
        await using var ours = PostgresSource.Create("Host=127.0.0.1");
        await using var theirs = PostgresSource.Create("Host=127.0.0.1;Max Auto Prepare=3;No Reset On Close=false");

        var (plain, set) = (new NpgsqlConnectionStringBuilder(ours.ConnectionString), new NpgsqlConnectionStringBuilder(theirs.ConnectionString));
        Assert.Equal((0, true, "journey"), (plain.MaxAutoPrepare, plain.NoResetOnClose, plain.ApplicationName));
        Assert.Equal((3, false), (set.MaxAutoPrepare, set.NoResetOnClose));
    }

    [Fact]
    public async Task A_database_that_does_not_answer_stops_the_start_and_says_what_to_check()
    {
        var thrown = await Assert.ThrowsAsync<StorageException>(() => Start(new()
        {
            ["Journey:Storage:Provider"] = "postgresql",
            ["Journey:Storage:ConnectionString"] = "Host=127.0.0.1;Port=1;Username=u;Password=secret;Timeout=2",
        }));

        Assert.Contains("Journey:Storage:ConnectionString", thrown.Message);
        Assert.DoesNotContain("secret", thrown.ToString());
    }

    [Fact]
    public async Task A_data_directory_that_cannot_be_made_stops_the_start_and_is_named()
    {
        var file = Path.GetTempFileName();

        var thrown = await Assert.ThrowsAsync<StorageException>(() => Start(new() { ["Journey:DataDirectory"] = Path.Combine(file, "below") }));

        Assert.Contains(file, thrown.Message);
        File.Delete(file);
    }

    private static async Task Start(Dictionary<string, string?> settings)
    {
        settings.TryAdd("Journey:Storage:KeyRing", Directory.CreateTempSubdirectory("journey-ring-").FullName);
        settings.TryAdd("Journey:DataDirectory", Path.Combine(Path.GetTempPath(), "journey-never"));
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddJourneyStorage(builder.Configuration);
        using var host = builder.Build();
        await host.StartAsync();
    }
}
