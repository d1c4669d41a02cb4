using Journey.Measures.Fhir;
using Journey.Measures.Logs;
using Journey.Measures.Usage;

namespace Journey.Measures;

/// <summary>
/// <c>measures</c>: what Journey's measures say of records that others wrote, without a server or a store. Results go to the standard output as
/// JSON, everything else to the error output.
/// </summary>
public static class MeasuresCommand
{
    public const string Verb = "measures";

    /// <summary>As sysexits.h has it: the command was used wrongly.</summary>
    private const int WrongUsage = 64;

    /// <summary>As sysexits.h has it: the input is not what it should be.</summary>
    private const int WrongInput = 65;

    /// <returns>The exit code.</returns>
    public static async Task<int> Run(string[] args)
    {
        try
        {
            return args switch
            {
                [Verb, FhirMeasure.Verb, .. var rest] => await FhirMeasure.Run(rest, Console.Out, Console.Error),
                [Verb, LogMeasure.Verb, .. var rest] => await LogMeasure.Run(rest, Console.Out, Console.Error),
                _ => throw new UsageException($"Which measure? {FhirMeasure.Usage}\nor {LogMeasure.Usage}"),
            };
        }
        catch (UsageException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return WrongUsage;
        }
        catch (InputException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return WrongInput;
        }
    }
}
