using Hl7.Fhir.Model;

namespace Journey.Measures.Fhir;

/// <summary>
/// The codes by which CMS1244 knows a visit, a place, an order (value sets of the measure's content of 2025, by their numbers at the Value Set
/// Authority Center).
/// </summary>
internal static class EcatCodes
{
    /// <summary>The period that the measure's content has for its own.</summary>
    public const int ContentYear = 2026;

    private const string Places = "https://www.cdc.gov/nhsn/cdaportal/terminology/codesystem/hsloc.html";
    private const string Roles = "http://terminology.hl7.org/CodeSystem/v3-RoleCode";

    /// <summary>2.16.840.1.113883.3.464.1003.101.12.1010</summary>
    public static readonly Codes Evaluation = new((Codes.Snomed, ["4525004"]), (Codes.Cpt, ["99281", "99282", "99283", "99284", "99285"]));

    /// <summary>2.16.840.1.113762.1.4.1046.279</summary>
    public static readonly Codes Triage = new((Codes.Snomed, ["225390008", "245581009", "273887006", "314850005", "386478007"]));

    /// <summary>2.16.840.1.113883.3.666.5.307; also an order for an inpatient stay.</summary>
    public static readonly Codes Inpatient = new((Codes.Snomed, ["183452005", "32485007", "8715000"]));

    /// <summary>2.16.840.1.113762.1.4.1111.143</summary>
    public static readonly Codes Observation = new((Codes.Snomed, ["448951000124107"]));

    /// <summary>2.16.840.1.113762.1.4.1046.284, and two roles of places.</summary>
    public static readonly Codes Department = new(
        (Places, ["1108-0", "1109-8"]), (Codes.Snomed, ["225728007", "310203004", "73770003", "74018000"]), (Roles, ["ER", "ETU"]));

    /// <summary>2.16.840.1.113762.1.4.1046.278</summary>
    public static readonly Codes Room = new((Places, ["1209-6"]));

    /// <summary>2.16.840.1.113883.3.117.1.7.1.294</summary>
    public static readonly Codes AdmitOrder = new((Codes.Snomed, ["10378005", "19951005", "432661000124104", "73607007"]));

    public static readonly Codes BedAssigned = new((Codes.Snomed, ["5751000175101"]));

    /// <summary>2.16.840.1.113762.1.4.1111.163</summary>
    public static readonly Codes Assessment = new((Codes.Loinc,
    [
        "28568-4", "34111-5", "34878-9", "51846-4", "54094-8", "68552-9", "74211-4", "78249-0", "78307-6", "78337-3", "78341-5", "80741-2",
        "80746-1", "83818-5",
    ]));

    /// <summary>2.16.840.1.113762.1.4.1111.164: the assessment's result.</summary>
    public static readonly Codes Admit = new((Codes.Snomed, ["434081000124108", "452541000124103", "707852009"]));

    public static readonly Codes LeftUnseen = new((Codes.Snomed, ["21541000119102"]));

    private const string Icd10 = "http://hl7.org/fhir/sid/icd-10";
    private const string Icd10Clinical = "http://hl7.org/fhir/sid/icd-10-cm";

    /// <summary>
    /// Concepts of SNOMED CT that emergency departments code for mental health. Which concepts belong to a chapter is in SNOMED's own files, which
    /// are licensed by country and not ours to ship; what is not here counts as another diagnosis. See <see cref="IsMentalHealth"/>.
    /// </summary>
    private static readonly Codes MentalHealthConcepts = new((Codes.Snomed,
    [
        // Depression, mania, bipolar.
        "35489007", "66344007", "36923009", "370143000", "310495003", "310496002", "310497006", "87414006", "58703003", "78667006", "13746004",
        "46206005", "231504006", "73867007", "87512008", "79298009", "15639000", "832007", "191610000", "191611001", "191613003", "83225003",
        // Anxiety, compulsion, trauma.
        "48694002", "197480006", "21897009", "371631005", "25501002", "386810004", "191736004", "47505003", "67195008", "17226007", "192041001",
        "31297008", "44376007", "35252006", "37868008",
        // Schizophrenia and other psychoses.
        "58214004", "64905009", "68890003", "69322001", "191525009", "48500005", "88975006", "26025008", "231437006",
        // Dementia and delirium.
        "52448006", "10349009", "429998004", "56267009", "2776000", "5464005", "191449005", "191464005", "12348006", "15662003", "14070001",
        // Behaviour, development, personality, eating.
        "406506008", "192127007", "408856003", "35919005", "430909002", "18941000", "20010003", "33449004", "26665006", "55341008", "72366004",
        "56882008", "78004001", "110359009",
    ]));

    /// <summary>
    /// Mental health without substance use (2.16.840.1.113762.1.4.1046.285): of ICD-10 chapter F except F10 to F19, of SNOMED CT the concepts above.
    /// </summary>
    public static bool IsMentalHealth(CodeableConcept? diagnosis) =>
        MentalHealthConcepts.Has(diagnosis)
        || (diagnosis?.Coding.Exists(coding => coding.System is Icd10 or Icd10Clinical && coding.Code is ['F', not '1', ..]) ?? false);
}
