using Journey.Hosting.Usage;
using Journey.Measures.Fhir;
using Journey.Measures.Logs;

namespace Journey.Measures;

/// <summary>
/// <c>measures</c>: what Journey's measures say of records that others wrote, without a server or a store. Results go to the standard output as
/// JSON, everything else to the error output.
/// </summary>
public static class MeasuresCommand
{
    public const string Verb = "measures";

    /// <returns>The exit code.</returns>
    public static Task<int> Run(string[] args) => CommandErrors.Tell(() => args switch
    {
        [Verb, FhirMeasure.Verb, .. var rest] => FhirMeasure.Run(rest, Console.Out, Console.Error),
        [Verb, LogMeasure.Verb, .. var rest] => LogMeasure.Run(rest, Console.Out, Console.Error),
        _ => throw new UsageException($"Which measure? {FhirMeasure.Usage}\nor {LogMeasure.Usage}"),
    });
}
