using System.Diagnostics;
using System.Globalization;

namespace Journey.EndToEnd.Tests;

/// <summary>
/// What a message costs a house on PostgreSQL, counted in what hardly depends on the machine: bytes that the house allocates and statements that
/// the server runs. The time is said and judged by nobody.
/// </summary>
public sealed class CostTests(ITestOutputHelper output)
{
    /// <summary>
    /// Measured on 2026-12-01 as the tests are built: bytes and statements a message. Whoever makes a message cheaper writes down the new figure.
    /// </summary>
    private const double Bytes = 95_000, Statements = 3.43;

    /// <summary>
    /// So much more is no accident. Of three runs on a busy machine bytes differed by 1 %, statements by 5 %; above stand the dearest.
    /// </summary>
    private const double Limit = 1.15;

    /// <summary>So few that hardly two commits share a batch: how many would, depends on the machine.</summary>
    private const int Lines = 2;

    private const int Wards = 40, WarmUp = 80, Measured = 240;

    [Fact]
    public async Task A_message_costs_no_more_than_it_did()
    {
        await using var postgres = await PostgresServer.Create();
        var counts = await StatementCounts.Enable(postgres);
        if (!counts && Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail("PostgreSQL's pg_stat_statements is not installed.");
        await using var journey = JourneyProcess.PrepareAtDesk(("Journey:Storage:Provider", "PostgreSql"),
            ("Journey:Storage:ConnectionString", await postgres.CreateDatabase()));
        await journey.Start();
        var people = new Admissions("C", Wards);
        await Feed(journey, people, 0, WarmUp);

        var (bytes, statements, started) = (await Allocated(journey), await Calls(postgres, counts), Stopwatch.GetTimestamp());
        await Feed(journey, people, WarmUp, Measured);
        var took = Stopwatch.GetElapsedTime(started);
        const double Messages = Measured * Admissions.PerCourse;
        var (eachBytes, eachStatements) = ((await Allocated(journey) - bytes) / Messages, (await Calls(postgres, counts) - statements) / Messages);

        var said = string.Create(CultureInfo.InvariantCulture,
            $"A message allocates {eachBytes:N0} bytes (limit {Bytes * Limit:N0}) and takes {eachStatements:0.00} statements (limit "
                + $"{Statements * Limit:0.00}); {Messages / took.TotalSeconds:N0} messages/s with {Lines} connections.");
        output.WriteLine(said);
        Assert.True(eachBytes < Bytes * Limit, said);
        Assert.True(eachStatements < Statements * Limit, said);
    }

    /// <summary>All messages of some new patients, over lines that each wait for the acknowledgement.</summary>
    private static Task Feed(JourneyProcess journey, Admissions people, int first, int count) =>
        Task.WhenAll(Enumerable.Range(0, Lines).Select(line => new FeedLine(journey.MllpPort,
            [.. Enumerable.Range(first, count).Where(patient => patient % Lines == line).SelectMany(people.Course)]).Run()));

    private static async Task<double> Calls(PostgresServer postgres, bool counts) =>
        counts ? (await StatementCounts.Read(postgres)).Values.Sum(ran => ran.Calls) : 0;

    /// <summary>By the house's own metrics.</summary>
    private static async Task<double> Allocated(JourneyProcess journey)
    {
        var metrics = await journey.Http.GetStringAsync("/metrics");
        var line = metrics.Split('\n').Single(line => line.StartsWith("dotnet_gc_heap_total_allocated_bytes_total{", StringComparison.Ordinal));
        return double.Parse(line.Split("} ")[1].Split(' ')[0], CultureInfo.InvariantCulture);
    }
}
