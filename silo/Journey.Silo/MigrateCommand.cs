using System.Globalization;
using Journey.Storage;
using Journey.Storage.Schema;

namespace Journey.Silo;

/// <summary>
/// <c>migrate</c>: brings the schema of the store that the settings name up to date and grants the roles their rights, before silos start whose own
/// role may do neither.
/// </summary>
public static class MigrateCommand
{
    public const string Verb = "migrate";

    public static async Task<int> Run(string[] args)
    {
        if (args is not [Verb, .. var settings] || settings.Any(s => !s.StartsWith("--", StringComparison.Ordinal)))
            return await StoreCommand.Usage(
                "migrate [--Journey:Storage:Provider=… --Journey:Storage:ConnectionString=… --Journey:Storage:SiloRole=… "
                    + "--Journey:Storage:GatewayRole=…]");
        return await StoreCommand.Run([.. settings, $"--{StorageOptions.Section}:{nameof(StorageOptions.Migrate)}=true"], async services =>
        {
            var applied = await services.GetRequiredService<IMigrator>().Migrate();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The schema is up to date: {applied} steps applied."));
            return 0;
        });
    }
}
