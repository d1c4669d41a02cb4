using Npgsql;

namespace Journey.Storage.Postgres;

/// <summary>The one data source of the process: journal, cards, snapshots, membership and reminders share its pool.</summary>
internal static class PostgresSource
{
    public static NpgsqlDataSource Create(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        // Our statements are few and repeat: preparing them, which reader and engine do, and not resetting the session each time nearly doubles small
        // writes. Npgsql must not prepare by itself: a statement whose first prepared execution fails stays unusable on its connection
        // (npgsql/npgsql#6391). A set value wins: ShouldSerialize says what is set, ContainsKey what Npgsql knows.
        if (!settings.ShouldSerialize("No Reset On Close")) settings.NoResetOnClose = true;
        if (!settings.ShouldSerialize("Application Name")) settings.ApplicationName = "journey";
        return new NpgsqlDataSourceBuilder(settings.ConnectionString) { Name = "journey" }.Build();
    }
}
