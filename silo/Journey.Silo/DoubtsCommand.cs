using System.Globalization;
using Journey.Grains.Hosting;
using Journey.Grains.Storage;
using Journey.Grains.Visits;

namespace Journey.Silo;

/// <summary>
/// <c>doubts</c>: lists what the rules doubt in the store that the settings name, by visit and place, without a name; changes nothing.
/// </summary>
public static class DoubtsCommand
{
    public const string Verb = "doubts";

    public static async Task<int> Run(string[] args)
    {
        if (args is not [Verb, .. var settings] || settings.Any(setting => !setting.StartsWith('-')))
            return await StoreCommand.Usage(
                "doubts [--Journey:Storage:Provider=… --Journey:Storage:ConnectionString=… --Journey:DataDirectory=… --Journey:Policy:Path=…]");
        return await StoreCommand.Run(settings, async services =>
        {
            var policy = PolicyFile.Load(services.GetRequiredService<IConfiguration>()["Journey:Policy:Path"]);
            var now = services.GetService<TimeProvider>() ?? TimeProvider.System;
            var doubts = await DoubtsReport.Run(services.GetRequiredService<IJournal>(), services.GetRequiredService<ICards>(), policy,
                now.GetUtcNow());
            foreach (var row in doubts)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{row.Visit}  {Place(row)}  last heard {row.LastSignAt?.UtcDateTime:yyyy-MM-dd HH:mm}Z  {row.Why}"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{doubts.Select(row => row.Visit).Distinct().Count()} rows are in doubt."));
            return 0;
        });
    }

    private static string Place(DoubtfulRow row) =>
        string.Join(' ', new[] { row.Unit, row.Location?.Room, row.Location?.Bed }.Where(part => !string.IsNullOrEmpty(part)));
}
