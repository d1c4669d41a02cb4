using System.Text.Json;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Journey.Domain.Measures.Ecat;
using Journey.Hosting.Usage;

namespace Journey.Measures.Fhir;

/// <summary>One folder of one patient's resources, as the measure reads them.</summary>
/// <param name="Case">The folder's name.</param>
/// <param name="Period">For what period a MeasureReport beside them was made; null without one.</param>
internal sealed record Person(string Case, EcatFacts Facts, Period? Period)
{
    /// <summary>Forgiving of what no measure asks for: a code of another release, an element of a profile.</summary>
    private static readonly FhirJsonDeserializer Reader =
        new(new DeserializerSettings().UsingMode(DeserializationMode.Ostrich));

    /// <exception cref="InputException">A file is no FHIR resource in JSON, or there is not exactly one patient.</exception>
    public static async Task<Person> Read(string folder)
    {
        var resources = new List<Resource>();
        foreach (var file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
            resources.AddRange(Parts(Parse(file, await File.ReadAllBytesAsync(file))));
        var name = Path.GetFileName(folder);
        if (resources.OfType<Patient>().DistinctBy(patient => patient.Id).ToList() is not [var patient])
            throw new InputException($"{name}: a folder has one patient; here are {resources.OfType<Patient>().Count()}.");
        var report = resources.OfType<MeasureReport>().FirstOrDefault();
        return new(name, EcatReading.Of(patient, resources), Period.Between(report?.Period?.Start, report?.Period?.End));
    }

    private static Resource Parse(string file, byte[] text)
    {
        var where = Path.Combine(Path.GetFileName(Path.GetDirectoryName(file)) ?? "", Path.GetFileName(file));
        try
        {
            var json = new Utf8JsonReader(text.AsSpan().StartsWith("\uFEFF"u8) ? text.AsSpan(3) : text);
            return Reader.TryDeserializeResource(ref json, out var resource, out _) || resource is not null
                ? resource!
                : throw new InputException($"{where}: no FHIR resource.");
        }
        catch (Exception e) when (e is JsonException or DeserializationFailedException or FormatException or InvalidOperationException)
        {
            throw new InputException($"{where}: no FHIR resource in JSON.", e);
        }
    }

    private static IEnumerable<Resource> Parts(Resource resource) =>
        resource is Bundle bundle ? bundle.Entry.Select(entry => entry.Resource).OfType<Resource>().SelectMany(Parts) : [resource];
}
