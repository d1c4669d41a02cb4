using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Access;
using Journey.Contracts.Visits;
using Journey.Gateway.Cluster.Wire;
using Journey.Gateway.Live.Boards;
using Journey.Gateway.Live.Views;
using Journey.Gateway.Trust.Access;

namespace Journey.Gateway.Http.Visits;

/// <summary>Visits as the public contract has them, for the desk.</summary>
internal static class VisitViews
{
    /// <param name="board">Where the visit stands, for what a visit cannot know of itself: who else is in its bed, or has a name like it. Null where
    /// it stands on none.</param>
    public static Api.Visit Visit(VisitView view, BoardState? board, Audience audience, GlassGrant? glass) => new(
        view.Row.Unit,
        RowViews.Row(OnBoard(view.Row, board), audience, board?.Similar.Contains(view.Row.Visit) == true),
        Each(view.Stays, stay => new Api.Stay(stay.Location.Unit, stay.Location.Room, stay.Location.Bed, stay.Since, stay.Until)),
        Each(view.Milestones, milestone => new Api.Milestone(milestone.Step, milestone.At)),
        [.. Each(view.Clocks, clock => clock).Where(clock => RowViews.Tells(clock.Kind, audience)).Select(RowViews.Clock)],
        RowViews.Alerts(view.PastAlerts, audience))
    {
        Care = CareViews.Care(view.Care ?? new(), audience),
        Glass = glass is null ? null : new(glass.Id, glass.Reason, glass.At, glass.Until),
    };

    public static IReadOnlyList<Api.TimelineEntry> Timeline(ImmutableArray<TimelineEntry> entries, Audience audience) =>
        Each([.. entries.Where(entry => audience.IsClinical() || entry.IsOfFamily)],
            entry => Line(entry, audience.IsClinical() || !entry.IsOfCare ? entry.UndoUntil : null));

    private static Api.TimelineEntry Line(TimelineEntry entry, DateTimeOffset? undoUntil) => new(
        entry.Version, entry.OccurredAt, entry.RecordedAt, entry.Kind, entry.Text, entry.By.Name
            ?? entry.By.Id, entry.Undone, entry.Command.Value, undoUntil is not null)
    { UndoUntil = undoUntil };

    public static Api.FoundVisit Found(VisitRow row) => new(
        row.Visit.Value, row.Number, row.Unit, row.Location?.Bed, PatientNames.For(row.Patient, Audience.Desk),
        WireName<PatientClass>.Joined(row.Class),
        WireName<VisitStatus>.Joined(row.Status), row.Step, row.ArrivedAt, row.DepartedAt)
    {
        Place = RowViews.Text(row.Location), ProbablyGone = row.IsProbablyGone,
    };

    /// <summary>A board that has not heard of a move yet speaks of another bed.</summary>
    private static VisitRow OnBoard(VisitRow row, BoardState? board) =>
        board?.Rows.GetValueOrDefault(row.Visit) is { } shown && shown.Location == row.Location
            ? row with { Doubts = [.. row.Doubts.Where(d => !RowViews.IsOfBoard(d)), .. shown.Doubts.Where(RowViews.IsOfBoard)] }
            : row;

    private static IReadOnlyList<TOut> Each<TIn, TOut>(ImmutableArray<TIn> items, Func<TIn, TOut> map) =>
        items.IsDefault ? [] : [.. items.Select(map)];
}
