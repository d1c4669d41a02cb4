using System.Collections.Immutable;
using Journey.Contracts.Boards;
using Journey.Gateway.Cluster.Wire;
using Journey.Gateway.Http.Commands;

namespace Journey.Gateway.Http.Units;

/// <summary>A board's layout, as the public contract has it and as the cluster does.</summary>
internal static class Layouts
{
    public static Api.SavedView View(string book, SavedView view) => new(ViewKeys.Id(book, view.Number), view.Name, Layout(view.Layout)!);

    public static Api.BoardLayout? Layout(BoardLayout? layout) => layout is null ? null : new()
    {
        Columns = Words(layout.Columns), Sort = WireName<BoardSort>.Dashed(layout.Sort), Reversed = layout.IsReversed,
        Density = WireName<BoardDensity>.Dashed(layout.Density), Only = Words(layout.Only), Acuities = [.. layout.Acuities],
        Steps = [.. layout.Steps], Folded = Words(layout.Folded),
    };

    /// <summary>
    /// Notes what is wrong with it by field; then what is returned is never used. What a request leaves out comes as null, whatever the type says,
    /// and is as it is built in.
    /// </summary>
    public static BoardLayout Read(Fields fields, Api.BoardLayout? layout)
    {
        var usual = new Api.BoardLayout();
        layout ??= usual;
        var columns = Values<BoardColumn>(fields, "layout.columns", layout.Columns);
        if (!columns.IsEmpty && !columns.Contains(BoardColumn.Patient))
            fields.Wrong("layout.columns", "A board says whom each line is about: patient is missing.");
        if (layout.Acuities is { } acuities && acuities.Any(acuity => acuity is < 1 or > 5)) fields.Wrong("layout.acuities", "1 to 5.");
        if (layout.Steps is { Count: > Api.Limits.ViewSteps }) fields.Wrong("layout.steps", $"At most {Api.Limits.ViewSteps}.");
        return new()
        {
            Columns = columns, Sort = fields.Choice<BoardSort>("layout.sort", layout.Sort ?? usual.Sort), IsReversed = layout.Reversed,
            Density = fields.Choice<BoardDensity>("layout.density", layout.Density ?? usual.Density),
            Only = Values<BoardFilter>(fields, "layout.only", layout.Only), Acuities = [.. (layout.Acuities ?? []).Distinct().Order()],
            Steps = [.. (layout.Steps ?? []).Take(Api.Limits.ViewSteps).Select(s => fields.Required("layout.steps", s, Api.Limits.Step))],
            Folded = Values<BoardSection>(fields, "layout.folded", layout.Folded ?? usual.Folded),
        };
    }

    private static ImmutableArray<T> Values<T>(Fields fields, string field, IReadOnlyList<string>? words) where T : struct, Enum
    {
        if (words is null) return [];
        if (words.Distinct().Count() < words.Count) fields.Wrong(field, "Each at most once.");
        // No more than there are: what comes twice is refused already.
        return [.. words.Take(Enum.GetValues<T>().Length).Select(word => fields.Choice<T>(field, word))];
    }

    private static string[] Words<T>(ImmutableArray<T> values) where T : struct, Enum => [.. values.Select(WireName<T>.Dashed)];
}
