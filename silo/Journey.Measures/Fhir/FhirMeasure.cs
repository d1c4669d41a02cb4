using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Journey.Domain.Measures.Ecat;
using Journey.Hosting.Usage;

namespace Journey.Measures.Fhir;

/// <summary>
/// <c>measures fhir</c>: a published measure over folders of FHIR R4 resources, each folder one patient's. One line of JSON a folder, in the order
/// of their names. A folder that cannot be read is said and passed over; then the exit code is not 0.
/// </summary>
internal static class FhirMeasure
{
    public const string Verb = "fhir";

    public const string Usage = "measures fhir <measure> <folder> [--period <year> | --period <first day>/<last day>]";

    /// <summary>Names of the one measure that is known, without what publishers put behind them (<c>FHIR…</c>, <c>v1</c>).</summary>
    private static readonly string[] Ecat = ["ECAT", "CMS1244"];

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task<int> Run(string[] args, TextWriter output, TextWriter errors)
    {
        var options = new Options(args, Usage, "period");
        if (options.Words is not [var measure, var folder]) throw options.Wrong("A measure and a folder are needed.");
        if (!Array.Exists(Ecat, name => measure.StartsWith(name, StringComparison.OrdinalIgnoreCase)))
            throw options.Wrong($"There is no measure '{measure}'. There is {string.Join(", also called ", Ecat)}.");
        var asked = options["period"] is { } text ? Period.Parse(text) ?? throw options.Wrong($"'{text}' is no period.") : null;
        if (!Directory.Exists(folder)) throw new InputException($"There is no folder '{folder}'.");

        var cases = Directory.GetDirectories(folder).Order(StringComparer.Ordinal).ToList();
        if (cases.Count == 0) throw new InputException($"'{folder}' has no folders: each patient's resources stand in one of their own.");
        var people = new List<Person>();
        foreach (var path in cases)
        {
            try
            {
                people.Add(await Person.Read(path));
            }
            catch (InputException e)
            {
                await errors.WriteLineAsync(e.Message);
            }
        }

        var usual = asked ?? Usual(people);
        foreach (var person in people)
        {
            var period = asked ?? person.Period ?? usual;
            await output.WriteLineAsync(Line(person.Case, EcatMeasure.Evaluate(person.Facts, period.From, period.To)));
        }

        if (asked is null && people.Exists(person => person.Period is null))
            await errors.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"No period was given: {usual.From:yyyy-MM-dd} to {usual.To:yyyy-MM-dd} was taken, in which most visits ended."));
        return people.Count == cases.Count ? 0 : CommandErrors.WrongInput;
    }

    /// <summary>The year in which most visits ended, for folders that do not say for what period they are asked.</summary>
    private static Period Usual(IEnumerable<Person> people) =>
        Period.Year(people.SelectMany(person => person.Facts.Stays).Select(stay => stay.End?.UtcDateTime.Year).OfType<int>().GroupBy(year => year)
            .OrderByDescending(years => years.Count()).ThenByDescending(years => years.Key).Select(years => years.Key)
            .FirstOrDefault(EcatCodes.ContentYear));

    private static string Line(string name, EcatResult result)
    {
        var line = new JsonObject { ["case"] = name };
        Add(line, result.All);
        line["strata"] = new JsonArray([.. Enumerable.Range(1, EcatResult.Strata).Select(stratum => Add([], result.InStratum(stratum)))]);
        return line.ToJsonString(Readable);
    }

    private static JsonObject Add(JsonObject to, EcatCounts counts)
    {
        to["initial-population"] = counts.Denominator;
        to["denominator"] = counts.Denominator;
        to["numerator"] = counts.Numerator;
        return to;
    }
}
