using System.Reflection;
using Journey.Hosting;
using Journey.Measures;
using Journey.Themes;

namespace Journey.Silo;

/// <summary>What a silo's executable does beside serving: the first argument says.</summary>
public static class Commands
{
    private static readonly (string Verb, Func<string[], Task<int>> Run)[] All =
    [
        (DoubtsCommand.Verb, DoubtsCommand.Run), (AuditCommand.Verb, AuditCommand.Run), (KeysCommand.Verb, KeysCommand.Run),
        (MigrateCommand.Verb, MigrateCommand.Run),
        (MoveCommand.Verb, MoveCommand.Run), (EraseCommand.Verb, EraseCommand.Run), (MeasuresCommand.Verb, MeasuresCommand.Run),
        (ThemesCommand.Verb, ThemesCommand.Run),
    ];

    /// <summary>Carries out the command that the arguments name; serves when they name none, and refuses what it does not know.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> Run(string[] args, Func<WebApplication> serve)
    {
        foreach (var (verb, run) in All)
            if (args is [var first, ..] && first == verb) return await run(args);
        if (CommandLine.Objection(args, Assembly.GetEntryAssembly()!, [.. All.Select(command => command.Verb)]) is { } objection)
        {
            await Console.Error.WriteLineAsync("Journey did not start. " + objection);
            return CommandLine.Wrong;
        }

        return await Start.Run(serve);
    }
}
