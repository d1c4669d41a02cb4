using System.Globalization;
using Journey.Storage.Schema;
using Journey.Storage.Sealing;

namespace Journey.Silo;

/// <summary>
/// <c>keys list | rotate | rewrite</c>: the keys that seal what is sensitive, beside running silos or without, on the store that the settings name.
/// </summary>
public static class KeysCommand
{
    public const string Verb = "keys";
    private const int Left = 1;

    public static async Task<int> Run(string[] args)
    {
        if (args is not [Verb, ("list" or "rotate" or "rewrite") and var what, .. var settings])
            return await StoreCommand.Usage(
                "keys list|rotate|rewrite [--Journey:Storage:Provider=… --Journey:Storage:ConnectionString=… --Journey:DataDirectory=… "
                    + "--Journey:Storage:KeyRing=…]");
        return await StoreCommand.Run(settings, async services =>
        {
            var ring = services.GetRequiredService<KeyRing>();
            if (what == "rotate") ring.Rotate();
            if (what == "rewrite") return await Rewrite(services);
            foreach (var key in ring.Keys())
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{key.Id} made {key.Created:yyyy-MM-dd}{(key.Current ? ", current: what is written from now on is sealed with it" : "")}"));
            return 0;
        });
    }

    private static async Task<int> Rewrite(IServiceProvider services)
    {
        await services.GetRequiredService<IMigrator>().Migrate();
        await services.GetRequiredService<RingCheck>().Check();
        var tables = await services.GetRequiredService<Resealing>().Run();
        foreach (var table in tables)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{table.Table}: {table.Seen} rows, {table.Sealed} sealed anew{(table.Left > 0 ? $", {table.Left} CANNOT BE OPENED and were left" : "")}"));
        var left = tables.Sum(t => t.Left);
        Console.WriteLine(left == 0
            ? "All of it is sealed with the current key; older ones are needed for backups only."
            : "Keys are missing: do not remove any.");
        return left == 0 ? 0 : Left;
    }
}
