using System.Text.Json;
using System.Text.Json.Serialization;
using Journey.Contracts;
using Journey.Contracts.Patients;
using Journey.Grains.Storage;
using Journey.Grains.Streams;

namespace Journey.Grains.Patients;

/// <summary>Which visit one number of one authority names. Its stream has a commit for each time the number was given, and each change of hands.</summary>
[GrainType("visit-number")]
internal sealed class VisitNumberGrain(IJournal journal, TimeProvider clock) : Grain, IVisitNumberGrain
{
    private EventStream<NumberedVisit?> names = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        names = new EventStream<NumberedVisit?>(journal, DeactivateOnIdle, StreamKinds.Number + this.GetPrimaryKey().ToString("N"), null, (_, payload) => Read(payload));
        return Activation.Read(() => names.CatchUp(cancellationToken));
    }

    public Task<NumberedVisit?> Read() => Task.FromResult(names.State);

    public async Task<NumberedVisit> Claim(CommandId id, Actor by, NumberedVisit visit)
    {
        if (names.State is null) await Append(id, by, visit);
        return names.State!;
    }

    public async Task<NamedVisit> Name(CommandId id, Actor by, NumberedVisit visit)
    {
        var before = names.State;
        // Whose it is was said when it was said; which of their visits it is, is known now.
        if (before?.SaidAt > visit.SaidAt && before.Patient == visit.Patient) visit = visit with { SaidAt = before.SaidAt };
        var isNews = before is null || !(before.SaidAt > visit.SaidAt) && (before with { SaidAt = visit.SaidAt }) != visit;
        if (isNews && !names.Has(id)) await Append(id, by, visit);
        return new NamedVisit(names.State!, before);
    }

    private Task Append(CommandId id, Actor by, NumberedVisit visit) => names.Append(id, by, clock.GetRecordedNow(), JsonSerializer.SerializeToUtf8Bytes(
        new NumberPayload(NumberPayload.Kind, visit.Visit.Value, visit.Patient.Value, visit.SaidAt), NumberJsonContext.Default.NumberPayload));

    private static NumberedVisit Read(ReadOnlyMemory<byte> payload)
    {
        var read = JsonSerializer.Deserialize(payload.Span, NumberJsonContext.Default.NumberPayload) ?? throw new JsonException("An empty payload.");
        return new NumberedVisit(new VisitId(read.Visit), new PatientId(read.Patient), read.SaidAt);
    }
}

internal sealed record NumberPayload(string Event, Guid Visit, Guid Patient, DateTimeOffset SaidAt)
{
    /// <summary>Persisted: never renamed.</summary>
    public const string Kind = "number.names.v1";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(NumberPayload))]
internal sealed partial class NumberJsonContext : JsonSerializerContext;
