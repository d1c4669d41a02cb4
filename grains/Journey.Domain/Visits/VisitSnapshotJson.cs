using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Journey.Contracts.Access;
using Journey.Contracts.Families;
using Journey.Contracts.Visits;
using Journey.Domain.Facts;

namespace Journey.Domain.Visits;

/// <summary>A visit as a snapshot: its facts and alerts. The course is worked out anew, so a better rule for it needs no migration.</summary>
public static class VisitSnapshotJson
{
    private const int Format = 1;

    public static byte[] Write(Visit visit) => JsonSerializer.SerializeToUtf8Bytes(
        new VisitSnapshotDocument(
            Format, visit.Version, visit.Patient, visit.Contacts,
            [.. visit.Entries.Select(EntryDocument.For)], visit.Alerts, visit.Commands, visit.HeardAt, visit.Glass, visit.FedLateAt, visit.Unverified,
            visit.Renumbered, visit.GivenUp),
        VisitSnapshotContext.Default.VisitSnapshotDocument);

    /// <summary>Null when the snapshot is of another format or not readable: replay the journal instead.</summary>
    public static Visit? Read(ReadOnlySpan<byte> state)
    {
        try
        {
            if (JsonSerializer.Deserialize(state, VisitSnapshotContext.Default.VisitSnapshotDocument) is not
                {
                    Format: Format,
                    Patient: not null
                } read) return null;
            if (read.Contacts.IsDefault || read.Entries.IsDefault || read.Alerts.IsDefault || read.Commands.IsDefault) return null;
            var entries = read.Entries.Select(e => e.Read()).ToImmutableArray();
            return new Visit
            {
                Version = read.Version, Patient = read.Patient, Contacts = read.Contacts, Entries = entries, Course = CourseFold.Replay(entries),
                Alerts = read.Alerts, Commands = read.Commands, HeardAt = read.HeardAt, Glass = read.Glass
                    ?? [], FedLateAt = read.FedLateAt, Unverified = read.Unverified, Renumbered = read.Renumbered, GivenUp = read.GivenUp ?? [],
            };
        }
        catch (Exception e)
            when (e is JsonException or InvalidCastException or NotSupportedException or InvalidOperationException or NullReferenceException)
        {
            return null;
        }
    }
}

internal sealed record VisitSnapshotDocument(
    int Format, long Version, PatientRef Patient, ImmutableArray<FamilyContact> Contacts, ImmutableArray<EntryDocument> Entries,
    ImmutableArray<Alert> Alerts, ImmutableArray<Guid> Commands, DateTimeOffset HeardAt,
    ImmutableArray<GlassGrant>? Glass = null, DateTimeOffset? FedLateAt = null, Unverified? Unverified = null, string? Renumbered = null,
    ImmutableArray<string>? GivenUp = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(VisitSnapshotDocument))]
[JsonSerializable(typeof(ImmutableArray<EntryDocument>))]
internal sealed partial class VisitSnapshotContext : JsonSerializerContext;
