using Npgsql;

namespace Journey.Storage.Postgres;

/// <summary>The one data source of the process: journal, cards, snapshots, membership and reminders share its pool.</summary>
internal static class PostgresSource
{
    public static NpgsqlDataSource Create(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        // Our statements are few and repeat: preparing them and not resetting the session each time nearly doubles small writes. A set value wins:
        // ShouldSerialize says what is set, ContainsKey what Npgsql knows.
        if (!settings.ShouldSerialize("Max Auto Prepare")) settings.MaxAutoPrepare = 64;
        if (!settings.ShouldSerialize("Auto Prepare Min Usages")) settings.AutoPrepareMinUsages = 2;
        if (!settings.ShouldSerialize("No Reset On Close")) settings.NoResetOnClose = true;
        if (!settings.ShouldSerialize("Application Name")) settings.ApplicationName = "journey";
        return new NpgsqlDataSourceBuilder(settings.ConnectionString) { Name = "journey" }.Build();
    }
}
