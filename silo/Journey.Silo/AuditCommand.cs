using System.Globalization;
using Journey.Domain.Audit;
using Journey.Grains.Audit;
using Journey.Grains.Storage;

namespace Journey.Silo;

/// <summary><c>audit verify</c>: checks the whole audit trail, beside a running silo or without one, on the store that the settings name.</summary>
public static class AuditCommand
{
    public const string Verb = "audit";
    private const int Damaged = 1;

    private const string Kept = "--head=";

    public static async Task<int> Run(string[] args)
    {
        if (args is not [Verb, "verify", .. var settings]) return await Usage();
        var kept = new List<KeptHead>();
        foreach (var head in settings.Where(s => s.StartsWith(Kept, StringComparison.Ordinal)))
        {
            if (KeptHead.Read(head[Kept.Length..]) is not { } read) return await Usage();
            kept.AddRange(read);
        }

        return await StoreCommand.Run([.. settings.Where(s => !s.StartsWith(Kept, StringComparison.Ordinal))], async services =>
        {
            var key = services.GetRequiredService<AuditKey>();
            return Tell(await AuditVerifier.Run(services.GetRequiredService<IAuditLog>(), key, kept), key);
        });
    }

    private static Task<int> Usage() => StoreCommand.Usage(
        "audit verify [--head=<chain>:<sequence>:<hash>,…] [--Journey:Storage:Provider=… --Journey:Storage:ConnectionString=… "
            + "--Journey:DataDirectory=… --Journey:Audit:KeyFile=…]");

    private static int Tell(AuditReport report, AuditKey key)
    {
        foreach (var head in report.Heads)
        {
            var removed = head.Base > 0 ? string.Create(CultureInfo.InvariantCulture, $", through {head.Base} removed by retention") : "";
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"chain {head.Chain}: through {head.Sequence}{removed}, {Convert.ToHexStringLower(head.Hash)}"));
        }

        if (report.Heads.Count > 0) Console.WriteLine($"Keep elsewhere, to compare later: {Kept}{KeptHead.Write(report.Heads)}");
        foreach (var fault in report.Faults) Console.WriteLine("DAMAGED " + fault);
        if (key.Bytes is null)
            Console.WriteLine(
                "The heads are not sealed: whoever can write to the database can make the whole trail anew. Set Journey:Audit:KeyFile.");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{report.Entries} entries, {(report.Faults.Count == 0 ? "each as it was written." : $"{report.Faults.Count} faults.")}"));
        return report.Faults.Count == 0 ? 0 : Damaged;
    }
}
