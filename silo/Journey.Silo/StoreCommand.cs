using System.Reflection;
using Journey.Hosting;
using Journey.Storage;
using Journey.Storage.Setup;

namespace Journey.Silo;

/// <summary>A command on the store that the settings name, beside running silos or without.</summary>
internal static class StoreCommand
{
    private const int NoStore = 69;

    public static async Task<int> Run(string[] settings, Func<IServiceProvider, Task<int>> command)
    {
        if (CommandLine.Objection(settings, Assembly.GetEntryAssembly()!) is { } objection)
        {
            await Console.Error.WriteLineAsync(objection);
            return CommandLine.Wrong;
        }

        var builder = Host.CreateApplicationBuilder(settings);
        builder.Services.AddMetrics();
        builder.Services.AddJourneyStorage(builder.Configuration);
        using var host = builder.Build();
        try
        {
            return await command(host.Services);
        }
        catch (StorageException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return NoStore;
        }
    }

    public static async Task<int> Usage(string how)
    {
        await Console.Error.WriteLineAsync("Usage: " + how);
        return CommandLine.Wrong;
    }
}
