using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Journey.Contracts;
using Journey.Contracts.Boards;
using Journey.Contracts.Visits;
using Journey.Domain.Policies;
using Journey.Grains.Storage;

namespace Journey.Grains.Boards;

/// <summary>
/// The beds of one unit and their state, from the policy pack, the feed (A20) and from who left which bed. Kept in the unit's own stream:
/// an empty bed is on no visit's card, and a dirty one must be dirty after a restart.
/// </summary>
internal sealed class BedBook(string unit, IJournal journal, Policy policy, TimeProvider clock)
{
    private readonly string stream = "unit/" + unit;
    private readonly Dictionary<(string? Room, string Bed), BedFact> beds = [];
    private long version;
    private Task last = Task.CompletedTask;

    /// <summary>Grows whenever what <see cref="View"/> shows has changed.</summary>
    public long Revision { get; private set; }

    public async Task Load(CancellationToken cancellation)
    {
        foreach (var bed in policy.Unit(unit)?.Beds ?? []) beds[(bed.Room, bed.Bed)] = new BedFact(bed.Room, bed.Bed, BedStatus.Unknown, default);
        foreach (var entry in await journal.Read(stream, 0, cancellation))
        {
            version = entry.Version;
            foreach (var fact in JsonSerializer.Deserialize(entry.Payload.Span, BedJsonContext.Default.BedPayload)?.Beds ?? []) beds[(fact.Room, fact.Bed)] = fact;
        }
    }

    /// <summary>Records a bed's state, durably when the task completes. Older news than what is known changes nothing.</summary>
    public Task Record(CommandId id, Location bed, BedStatus status, DateTimeOffset occurredAt)
    {
        if (bed.Bed is not { Length: > 0 } name) return Task.CompletedTask;
        var known = beds.GetValueOrDefault((bed.Room, name));
        if (known is not null && (known.At > occurredAt || known.Status == status)) return Task.CompletedTask;
        var fact = new BedFact(bed.Room, name, status, occurredAt);
        beds[(bed.Room, name)] = fact;
        Revision++;
        return last = Write(last, id, fact);
    }

    /// <summary>A bed that was never heard of before is a bed of this unit from now on.</summary>
    public Task Meet(CommandId id, Location bed, DateTimeOffset at) =>
        bed.Bed is { Length: > 0 } name && !beds.ContainsKey((bed.Room, name)) ? Record(id, bed, BedStatus.Clean, at) : Task.CompletedTask;

    public ImmutableArray<BedView> View() =>
    [
        .. beds.Values.OrderBy(b => b.Room, StringComparer.Ordinal).ThenBy(b => b.Bed.Length).ThenBy(b => b.Bed, StringComparer.Ordinal).Select(b => new BedView(
            b.Room, b.Bed, b.Status, b.At == default ? null : b.At, b.Status is BedStatus.Dirty or BedStatus.Cleaning ? b.At + policy.BedTurnaround : null)),
    ];

    public int Count => beds.Count;

    /// <summary>One after the other: each takes the next version of the stream.</summary>
    private async Task Write(Task before, CommandId id, BedFact fact)
    {
        try
        {
            await before;
        }
        catch (Exception)
        {
            // Told to whoever waited for it; this bed's news is another matter.
        }

        var now = clock.GetRecordedNow();
        var payload = JsonSerializer.SerializeToUtf8Bytes(new BedPayload("unit.bed-status.v1", [fact]), BedJsonContext.Default.BedPayload);
        var result = await journal.Append(new Commit(stream, version + 1, now, id.Value, Actor.System.Id, payload));
        if (result == AppendResult.Appended) version++;
        else if (result == AppendResult.VersionConflict) throw new OutcomeUnknownException();
    }
}

internal sealed record BedFact(string? Room, string Bed, BedStatus Status, DateTimeOffset At);

internal sealed record BedPayload(string Event, ImmutableArray<BedFact> Beds);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(BedPayload))]
internal sealed partial class BedJsonContext : JsonSerializerContext;
