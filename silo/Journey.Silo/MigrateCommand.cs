using Journey.Storage.Postgres;
using Journey.Storage.Schema;
using Microsoft.Extensions.Options;

namespace Journey.Silo;

/// <summary><c>migrate</c>: brings the schema to this version, as its owner, before silos that may not; and says what the roles of silos and gateways may.</summary>
public static class MigrateCommand
{
    public const string Verb = "migrate";
    private const string SiloRole = "--silo-role=";
    private const string GatewayRole = "--gateway-role=";

    public static async Task<int> Run(string[] args)
    {
        var (silo, gateway) = (Value(args, SiloRole), Value(args, GatewayRole));
        var settings = args[1..].Where(arg => !arg.StartsWith(SiloRole, StringComparison.Ordinal) && !arg.StartsWith(GatewayRole, StringComparison.Ordinal)).ToArray();
        if (Array.Exists(settings, arg => !arg.StartsWith("--Journey:", StringComparison.OrdinalIgnoreCase)))
            return await StoreCommand.Usage("migrate [--silo-role=… --gateway-role=…] [--Journey:Storage:Provider=… --Journey:Storage:ConnectionString=… --Journey:DataDirectory=…]");
        return await StoreCommand.Run(settings, async services =>
        {
            var applied = await services.GetRequiredService<IMigrator>().Migrate();
            Console.WriteLine(applied == 0 ? "The schema is that of this version already." : $"The schema was brought to this version: {applied} steps.");
            if (silo is null && gateway is null) return 0;
            if (!services.GetRequiredService<IOptions<Storage.StorageOptions>>().Value.IsPostgreSql) throw new Storage.StorageException("Roles are PostgreSQL's: SQLite has none.");
            var roles = services.GetRequiredService<DatabaseRoles>();
            if (silo is not null) await roles.GrantSilo(silo);
            if (gateway is not null) await roles.GrantGateway(gateway);
            return 0;
        });
    }

    private static string? Value(string[] args, string name) => Array.Find(args, arg => arg.StartsWith(name, StringComparison.Ordinal))?[name.Length..];
}
