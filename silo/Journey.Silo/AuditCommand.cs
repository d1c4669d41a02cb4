using System.Globalization;
using Journey.Grains.Audit;
using Journey.Grains.Storage;
using Journey.Storage;

namespace Journey.Silo;

/// <summary><c>audit verify</c>: checks the whole audit trail, beside a running silo or without one, on the store that the settings name.</summary>
public static class AuditCommand
{
    public const string Verb = "audit";
    private const int Damaged = 1;
    private const int Usage = 64;
    private const int NoStore = 69;

    public static async Task<int> Run(string[] args)
    {
        if (args is not [Verb, "verify", .. var settings])
        {
            await Console.Error.WriteLineAsync("Usage: audit verify [--Journey:Storage:Provider=… --Journey:Storage:ConnectionString=… --Journey:DataDirectory=… --Journey:Audit:KeyFile=…]");
            return Usage;
        }

        var builder = Host.CreateApplicationBuilder(settings);
        builder.Services.AddMetrics();
        builder.Services.AddJourneyStorage(builder.Configuration);
        using var host = builder.Build();
        try
        {
            return Tell(await AuditVerifier.Run(host.Services.GetRequiredService<IAuditLog>(), host.Services.GetRequiredService<AuditKey>()), host.Services.GetRequiredService<AuditKey>());
        }
        catch (StorageException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return NoStore;
        }
    }

    private static int Tell(AuditReport report, AuditKey key)
    {
        foreach (var head in report.Heads)
        {
            var removed = head.Base > 0 ? string.Create(CultureInfo.InvariantCulture, $", through {head.Base} removed by retention") : "";
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"chain {head.Chain}: through {head.Sequence}{removed}, {Convert.ToHexStringLower(head.Hash)}"));
        }

        foreach (var fault in report.Faults) Console.WriteLine("DAMAGED " + fault);
        if (key.Bytes is null) Console.WriteLine("The heads are not sealed: whoever can write to the database can make the whole trail anew. Set Journey:Audit:KeyFile.");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.Entries} entries, {(report.Faults.Count == 0 ? "each as it was written." : $"{report.Faults.Count} faults.")}"));
        return report.Faults.Count == 0 ? 0 : Damaged;
    }
}
