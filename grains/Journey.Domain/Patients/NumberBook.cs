using System.Text.Json.Serialization;
using Journey.Contracts;
using Journey.Contracts.Patients;

namespace Journey.Domain.Patients;

/// <summary>What was put down of a visit number. Persisted by the names given here.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(NumberNames), "number.names.v1")]
public abstract record NumberEvent
{
    public static readonly EventCodec<NumberEvent> Codec = new BareEventCodec<NumberEvent>(NumberJsonContext.Default.NumberEvent);

    private protected NumberEvent() { }
}

/// <summary>The number names this visit of this patient from now on.</summary>
public sealed record NumberNames(Guid Visit, Guid Patient, DateTimeOffset SaidAt) : NumberEvent
{
    public static NumberNames From(NumberedVisit visit) => new(visit.Visit.Value, visit.Patient.Value, visit.SaidAt);
}

/// <summary>Which visit one number of one authority names; null when it names none yet.</summary>
public sealed record NumberBook(NumberedVisit? Names)
{
    public static readonly NumberBook Empty = new((NumberedVisit?)null);

    /// <summary>
    /// What is to be put down; null when it changes nothing. Whose the visit is was said when it was said; which of their visits it is, is known now.
    /// </summary>
    public NumberNames? Decide(NumberedVisit visit)
    {
        if (Names?.SaidAt > visit.SaidAt && Names.Patient == visit.Patient) visit = visit with { SaidAt = Names.SaidAt };
        var isNews = Names is null || !(Names.SaidAt > visit.SaidAt) && (Names with { SaidAt = visit.SaidAt }) != visit;
        return isNews ? NumberNames.From(visit) : null;
    }

    public static NumberBook Fold(NumberEvent e) => e switch
    {
        NumberNames x => new(new NumberedVisit(new VisitId(x.Visit), new PatientId(x.Patient), x.SaidAt)),
        _ => throw new InvalidOperationException($"No rule for the event {e.GetType().Name}."),
    };
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(NumberEvent))]
internal sealed partial class NumberJsonContext : JsonSerializerContext;
