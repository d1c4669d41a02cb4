using System.Text.Json;
using Journey.Measures.Fhir;
using Journey.Measures.Logs;

namespace Journey.Measures.Tests;

/// <summary>What a command wrote, and where.</summary>
internal sealed record Ran(int Code, string Output, string Errors)
{
    public List<JsonElement> Lines =>
        [.. Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
}

internal static class Command
{
    public static Task<Ran> Fhir(params string[] args) => Run(FhirMeasure.Run, args);

    public static Task<Ran> Log(params string[] args) => Run(LogMeasure.Run, args);

    private static async Task<Ran> Run(Func<string[], TextWriter, TextWriter, Task<int>> command, string[] args)
    {
        var (output, errors) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        return new(await command(args, output, errors), output.ToString(), errors.ToString());
    }
}
