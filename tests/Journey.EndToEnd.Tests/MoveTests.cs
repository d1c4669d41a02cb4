using System.Diagnostics;
using Npgsql;

namespace Journey.EndToEnd.Tests;

/// <summary>From the embedded database to PostgreSQL with one command, between two lives of one hospital.</summary>
public sealed class MoveTests
{
    private static readonly int[] Visits = [0, 1, 2, 3];
    private static readonly DateTimeOffset Start =
        DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().AddHours(-7).ToUnixTimeSeconds());

    [Fact]
    public async Task After_a_move_everything_is_as_it_was_and_goes_on_and_whatever_differs_is_named()
    {
        await using var server = await PostgresServer.Create();
        var connection = await server.CreateDatabase();
        await using var embedded = CareKillTests.Prepare();
        var feed = CareScript.Feed(Visits, Start);
        await embedded.Start();
        var care = new CareScript(embedded, Start);
        await new FeedLine(embedded.MllpPort, feed[..^4]).Run();
        await Task.WhenAll(Visits.Select(visit => care.Run(visit, TestContext.Current.CancellationToken)));
        var before = await Told(embedded);
        Assert.Contains("in use", (await Move(embedded, connection)).Said, StringComparison.Ordinal);
        await embedded.Terminate();
        await embedded.UntilEnded(TimeSpan.FromSeconds(40));

        Assert.Contains("key ring",
            (await Move(embedded, connection, "--Journey:Storage:KeyRing=" + Path.Combine(embedded.DataDirectory, "another"))).Said,
            StringComparison.Ordinal);
        Assert.Equal(0, await Scalar(connection, "select count(*) from journal"));
        var (code, said) = await Move(embedded, connection);
        Assert.True(code == 0, said);
        Assert.Contains(" 0 faults", said, StringComparison.Ordinal);
        Assert.Contains("holds data already", (await Move(embedded, connection)).Said, StringComparison.Ordinal);

        await Scalar(connection,
            "update visit_card set search_text = search_text || 'x' where visit = (select min(visit::text)::uuid from visit_card) returning 1");
        var (differs, what) = await Move(embedded, connection, "--verify-only");
        Assert.Equal(1, differs);
        Assert.Contains("visit_card: 4 rows, 1 DIFFER", what, StringComparison.Ordinal);
        await Scalar(connection, "update visit_card set search_text = left(search_text, -1) where search_text like '%x' returning 1");
        Assert.Equal(0, (await Move(embedded, connection, "--verify-only")).Code);

        await using var moved = CareKillTests.Prepare(("Journey:Storage:Provider", "PostgreSql"), ("Journey:Storage:ConnectionString", connection),
            ("Journey:Storage:KeyRing", Path.Combine(embedded.DataDirectory, "storage-keys")),
            ("Journey:Audit:KeyFile", Path.Combine(embedded.DataDirectory, "audit.key")));
        await moved.Start();
        Assert.Equal(before, await Told(moved));
        var last = (await moved.Log())[^1].Sequence;
        await new FeedLine(moved.MllpPort, feed).Run();
        var log = await moved.Log(after: last);
        Assert.All(log[..^4], line => Assert.Equal("repeated", line.Result));
        Assert.All(log[^4..], line => Assert.Equal("applied", line.Result));
    }

    [Fact]
    public async Task Without_a_database_to_move_the_command_says_so()
    {
        await using var server = await PostgresServer.Create();
        await using var nobody = JourneyProcess.Prepare();
        var (code, said) = await Move(nobody, await server.CreateDatabase());
        Assert.NotEqual(0, code);
        Assert.Contains("There is no database", said, StringComparison.Ordinal);
    }

    private static async Task<string> Told(JourneyProcess journey)
    {
        var boards = await journey.AllBoards();
        var timelines = new List<string>();
        foreach (var row in boards.SelectMany(board => board.Rows).OrderBy(row => row.VisitId))
            timelines.Add(string.Join('\n', (await journey.Timeline(row.VisitId)).Select(entry => entry.ToString())));
        return Canonical.TextOf(boards) + "\n" + string.Join('\n', timelines);
    }

    private static async Task<(int Code, string Said)> Move(JourneyProcess from, string connection, params string[] more)
    {
        string[] settings =
        [
            "--Journey:Storage:Provider=PostgreSql", "--Journey:Storage:ConnectionString=" + connection,
            "--Journey:Storage:KeyRing=" + Path.Combine(from.DataDirectory, "storage-keys"),
            "--Journey:Audit:KeyFile=" + Path.Combine(from.DataDirectory, "audit.key"),
        ];
        using var process =
            Process.Start(new ProcessStartInfo("dotnet", [Published.Standalone, "move", "--from=" + from.DataDirectory, .. settings, .. more])
            {
                RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath(),
            })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await errors);
    }

    private static async Task<long> Scalar(string connection, string sql)
    {
        await using var open = new NpgsqlConnection(connection + ";Pooling=false");
        await open.OpenAsync();
        await using var command = new NpgsqlCommand(sql, open);
        try
        {
            return Convert.ToInt64(await command.ExecuteScalarAsync());
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return 0;
        }
    }
}
