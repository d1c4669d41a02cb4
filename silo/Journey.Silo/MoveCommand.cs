using System.Diagnostics;
using System.Globalization;
using Journey.Grains.Audit;
using Journey.Grains.Storage;
using Journey.Storage;
using Journey.Storage.Moving;
using Microsoft.Extensions.Options;

namespace Journey.Silo;

/// <summary>
/// <c>move</c>: from the embedded database to the PostgreSQL that the settings name, with every row compared and the audit trail verified where it is
/// now.
/// </summary>
public static class MoveCommand
{
    public const string Verb = "move";
    private const string From = "--from=";
    private const string VerifyOnly = "--verify-only";
    private const int Differs = 1;

    public static async Task<int> Run(string[] args)
    {
        var from = Array.Find(args, arg => arg.StartsWith(From, StringComparison.Ordinal))?[From.Length..];
        var verify = args.Contains(VerifyOnly);
        var settings = args[1..].Where(arg => !arg.StartsWith(From, StringComparison.Ordinal) && arg != VerifyOnly).ToArray();
        if (from is null || Array.Exists(settings, arg => !arg.StartsWith("--Journey:", StringComparison.OrdinalIgnoreCase)))
            return await StoreCommand.Usage(
                "move --from=<data directory> [--verify-only] --Journey:Storage:Provider=PostgreSql --Journey:Storage:ConnectionString=… "
                    + "--Journey:Storage:KeyRing=… [--Journey:Audit:KeyFile=…]");
        return await StoreCommand.Run(settings, async services =>
        {
            if (!services.GetRequiredService<IOptions<StorageOptions>>().Value.IsPostgreSql)
                throw new StorageException(
                    "The target is the database of Journey:Storage:ConnectionString, and Journey:Storage:Provider must be PostgreSql.");
            var file = Directory.Exists(from) ? Path.Combine(from, "journey.db") : from;
            var moving = services.GetRequiredService<Mover>();
            var started = Stopwatch.GetTimestamp();
            var tables = verify ? await moving.Verify(file) : await moving
                .Move(file, (table, rows) => Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{table}: {rows:N0} rows")));
            foreach (var table in tables)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{table.Table}: {table.Rows:N0} rows, {(table.Different == 0 ? "all the same" : $"{table.Different:N0} DIFFER, the first is {table.First}")}"));
            if (tables.Any(table => table.Different > 0))
            {
                Console.WriteLine(verify ? "The two differ." : "The two differ: nothing was kept in the target.");
                return Differs;
            }

            // A source in which nobody has looked at anybody yet has no trail.
            var report = tables.Any(table => table is { Table: "audit", Rows: > 0 })
                ? await AuditVerifier.Run(services.GetRequiredService<IAuditLog>(), services.GetRequiredService<AuditKey>())
                : new AuditReport(0, [], []);
            foreach (var fault in report.Faults) Console.WriteLine("DAMAGED " + fault);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{tables.Sum(table => table.Rows):N0} rows {(verify ? "compared" : "moved and compared")} in {Stopwatch.GetElapsedTime(started).TotalSeconds:N1} s; {report.Entries:N0} entries of the audit trail verified, {report.Faults.Count} faults."));
            return report.Faults.Count == 0 ? 0 : Differs;
        });
    }
}
