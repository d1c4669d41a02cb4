using Hl7.Fhir.Model;

namespace Journey.Measures.Fhir;

/// <summary>A set of codes that mean the same to a measure.</summary>
internal sealed class Codes(params (string System, string[] Values)[] members)
{
    public const string Snomed = "http://snomed.info/sct";
    public const string Loinc = "http://loinc.org";
    public const string Cpt = "http://www.ama-assn.org/go/cpt";

    private readonly HashSet<(string, string)> _members =
        [.. members.SelectMany(member => member.Values.Select(value => (member.System, value)))];

    public bool Has(CodeableConcept? concept) => concept?.Coding.Exists(Has) ?? false;

    public bool Has(IEnumerable<CodeableConcept>? concepts) => concepts?.Any(Has) ?? false;

    private bool Has(Coding coding) => coding is { System: { } system, Code: { } code } && _members.Contains((system, code));
}
