using System.Collections.Frozen;
using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Boards;
using Journey.Contracts.Visits;

namespace Journey.Gateway.Live.Boards;

/// <summary>A board as the gateway holds it, immutable: the last snapshot with every delta since applied.</summary>
internal sealed class BoardState
{
    private BoardState(string unit, string name, Guid epoch, long version, DateTimeOffset asOf, ImmutableDictionary<VisitId, VisitRow> rows,
        ImmutableArray<BedView> beds, FrozenSet<VisitId> similar) =>
        (Unit, Name, Epoch, Version, AsOf, Rows, Beds, Similar) = (unit, name, epoch, version, asOf, rows, beds, similar);

    public string Unit { get; }
    public string Name { get; }
    public Guid Epoch { get; }
    public long Version { get; }
    public DateTimeOffset AsOf { get; }
    public ImmutableDictionary<VisitId, VisitRow> Rows { get; }
    public ImmutableArray<BedView> Beds { get; }
    public FrozenSet<VisitId> Similar { get; }

    /// <summary>The alert engine's heartbeat.</summary>
    public DateTimeOffset? AlertsCheckedAt { get; private init; }

    /// <summary>Of who left today; null while a silo of an earlier version keeps the board.</summary>
    public StaysToday? Stays { get; private init; }

    /// <summary>A board from a snapshot. Rows and beds that did not change since <paramref name="before"/> stay the same objects.</summary>
    public static BoardState From(BoardSnapshot snapshot, BoardState? before = null)
    {
        var rows = snapshot.Rows.IsDefault ? [] : snapshot.Rows;
        if (before?.Epoch == snapshot.Epoch)
            rows = [.. rows.Select(row => before.Rows.TryGetValue(row.Visit, out var known) && known.Version == row.Version
                && known.Doubts.SequenceEqual(row.Doubts) ? known : row)];
        var beds = snapshot.Beds.IsDefault ? [] : snapshot.Beds;
        if (before is not null && before.Beds.SequenceEqual(beds)) beds = before.Beds;
        // Comparing all names with each other is the dearest part of a board of hundreds.
        var names = before is null || before.Rows.Count != rows.Length
            || rows.Any(row => SimilarNames.Concerns(before.Rows.GetValueOrDefault(row.Visit), row));
        return new(snapshot.Unit, snapshot.Name, snapshot.Epoch, snapshot.Version, snapshot.AsOf, rows.ToImmutableDictionary(row => row.Visit),
            beds, names ? SimilarNames.Among(rows).ToFrozenSet() : before!.Similar)
        { AlertsCheckedAt = snapshot.AlertsCheckedAt, Stays = snapshot.Stays };
    }

    /// <summary>True when the delta is the very next one.</summary>
    public bool IsNext(BoardDelta delta) => delta.Epoch == Epoch && delta.Version == Version + 1;

    /// <summary>True when the delta is part of this already.</summary>
    public bool Has(BoardDelta delta) => delta.Epoch == Epoch && delta.Version <= Version;

    /// <inheritdoc cref="Has(BoardDelta)"/>
    public bool Has(BoardRenewal renewal) => renewal.Epoch == Epoch && renewal.Version <= Version;

    public BoardState Apply(BoardDelta delta)
    {
        var rows = Rows.ToBuilder();
        var names = false;
        foreach (var row in delta.Changed.IsDefault ? [] : delta.Changed)
        {
            names |= SimilarNames.Concerns(rows.GetValueOrDefault(row.Visit), row);
            rows[row.Visit] = row;
        }

        foreach (var visit in delta.Removed.IsDefault ? [] : delta.Removed) names |= rows.Remove(visit);
        var beds = delta.Beds is { IsDefault: false } all ? all : Beds;
        var similar = names ? SimilarNames.Among(rows.Values).ToFrozenSet() : Similar;
        return new(Unit, Name, delta.Epoch, delta.Version, Later(AsOf, delta.AsOf), rows.ToImmutable(), beds,
            similar)
        { AlertsCheckedAt = delta.AlertsCheckedAt ?? AlertsCheckedAt, Stays = delta.Stays ?? Stays };
    }

    /// <summary>The same board, seen to be true later.</summary>
    public BoardState SeenAt(DateTimeOffset asOf) =>
        new(Unit, Name, Epoch, Version, Later(AsOf, asOf), Rows, Beds, Similar)
        {
            AlertsCheckedAt = AlertsCheckedAt, Stays = Stays,
        };

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
