using System.Collections.Immutable;
using System.Globalization;
using Hl7.Fhir.Model;
using Journey.Domain.Measures.Ecat;

namespace Journey.Measures.Fhir;

/// <summary>What CMS1244 asks of a person's FHIR resources.</summary>
internal sealed class EcatReading
{
    private const string Principal = "principal";

    private readonly Dictionary<string, Location> _locations;
    private readonly Dictionary<string, Condition> _conditions;
    private readonly List<Claim> _claims;

    private EcatReading(IReadOnlyCollection<Resource> resources)
    {
        _locations = ById<Location>(resources);
        _conditions = ById<Condition>(resources);
        _claims =
        [
            .. resources.OfType<Claim>()
                .Where(claim => claim is { Status: FinancialResourceStatusCodes.Active, Use: ClaimUseCode.Claim }),
        ];
    }

    public static EcatFacts Of(Patient patient, IReadOnlyCollection<Resource> resources)
    {
        var reading = new EcatReading(resources);
        return new(
            DateOnly.TryParseExact(patient.BirthDate, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var born) ? born : null,
            [.. resources.OfType<Encounter>().Select(reading.Stay).OfType<EcatStay>()],
            [.. resources.OfType<ServiceRequest>().Select(Order).Concat(resources.OfType<Observation>().Select(Assessment)).OfType<EcatDecision>()]);
    }

    private EcatStay? Stay(Encounter encounter)
    {
        var kind = (EcatCodes.Evaluation.Has(encounter.Type) ? EcatKind.Evaluation : 0) | (EcatCodes.Triage.Has(encounter.Type) ? EcatKind.Triage : 0)
            | (EcatCodes.Inpatient.Has(encounter.Type) ? EcatKind.Inpatient : 0)
            | (EcatCodes.Observation.Has(encounter.Type) ? EcatKind.Observation : 0);
        var progress = encounter.Status switch
        {
            Encounter.EncounterStatus.Finished => EcatProgress.Finished,
            Encounter.EncounterStatus.Triaged => EcatProgress.Triaged,
            _ => EcatProgress.Other,
        };
        return kind == EcatKind.None
            ? null
            : new(kind, progress, Moment(encounter.Period?.Start), Moment(encounter.Period?.End), [.. encounter.Location.Select(Place)],
                EcatCodes.LeftUnseen.Has(encounter.Hospitalization?.DischargeDisposition), HasMentalHealthDiagnosis(encounter));
    }

    private EcatPlace Place(Encounter.LocationComponent stayed)
    {
        var type = _locations.GetValueOrDefault(Id(stayed.Location) ?? "")?.Type;
        return new(
            (EcatCodes.Department.Has(type) ? EcatPlaceKind.Department : 0) | (EcatCodes.Room.Has(type) ? EcatPlaceKind.Room : 0),
            Moment(stayed.Period?.Start), Moment(stayed.Period?.End));
    }

    /// <summary>The diagnosis that a claim for the encounter calls the principal one, by itself or by the condition that it points at.</summary>
    private bool HasMentalHealthDiagnosis(Encounter encounter) =>
        (from claim in _claims
         from item in claim.Item
         where item.Encounter.Exists(reference => Id(reference) == encounter.Id)
         from diagnosis in claim.Diagnosis
         where item.DiagnosisSequence.Contains(diagnosis.Sequence) && diagnosis.Type.Exists(IsPrincipal)
         select diagnosis.Diagnosis switch
         {
             CodeableConcept concept => EcatCodes.IsMentalHealth(concept),
             ResourceReference reference => EcatCodes.IsMentalHealth(_conditions.GetValueOrDefault(Id(reference) ?? "")?.Code),
             _ => false,
         }).Any(mentalHealth => mentalHealth);

    private static bool IsPrincipal(CodeableConcept type) => type.Coding.Exists(coding => coding.Code == Principal);

    /// <summary>An order to admit counts when it is an order, not a plan; of one for a bed the measure does not ask that.</summary>
    private static EcatDecision? Order(ServiceRequest request)
    {
        if (request.Status is not (RequestStatus.Active or RequestStatus.Completed) || request.DoNotPerform == true) return null;
        if (Moment(request.AuthoredOn) is not { } at) return null;
        if (EcatCodes.AdmitOrder.Has(request.Code))
            return request.Intent == RequestIntent.Order ? new(EcatDecisionKind.AdmitOrder, at) : null;
        return EcatCodes.Inpatient.Has(request.Code) || EcatCodes.BedAssigned.Has(request.Code) ? new(EcatDecisionKind.BedOrder, at) : null;
    }

    private static EcatDecision? Assessment(Observation observation)
    {
        if (observation.Status is not (ObservationStatus.Final or ObservationStatus.Amended or ObservationStatus.Corrected)) return null;
        if (!EcatCodes.Assessment.Has(observation.Code) || !EcatCodes.Admit.Has(observation.Value as CodeableConcept)) return null;
        var began = observation.Effective switch
        {
            FhirDateTime moment => Moment(moment.Value),
            Instant instant => instant.Value,
            Hl7.Fhir.Model.Period period => Moment(period.Start),
            _ => null,
        };
        return began is { } at ? new(EcatDecisionKind.Assessment, at) : null;
    }

    /// <summary>Null where a day is all that is said: minutes cannot be counted from it. A time without a zone is taken as universal.</summary>
    private static DateTimeOffset? Moment(string? text) =>
        text?.Contains('T', StringComparison.Ordinal) == true
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment
            : null;

    private static string? Id(ResourceReference? reference) => reference?.Reference?.Split('/')[^1].Split(':')[^1];

    private static Dictionary<string, T> ById<T>(IEnumerable<Resource> resources) where T : Resource =>
        resources.OfType<T>().Where(resource => resource.Id is not null).DistinctBy(resource => resource.Id).ToDictionary(resource => resource.Id!);
}
