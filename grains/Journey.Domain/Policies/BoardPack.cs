using System.Collections.Immutable;
using Journey.Contracts.Boards;

namespace Journey.Domain.Policies;

/// <summary>Reads how a unit's board is shown to whoever has no view of their own.</summary>
internal static class BoardPack
{
    public static BoardLayout Layout(PolicyNode node)
    {
        var ground = new BoardLayout();
        var layout = new BoardLayout
        {
            Columns = Once(node, "columns", ground.Columns),
            Sort = node.Choice("sort", ground.Sort),
            IsReversed = node.Flag("reversed"),
            Density = node.Choice("density", ground.Density),
            Folded = Once(node, "folded", ground.Folded),
        };
        node.RejectUnread();
        if (!layout.Columns.IsEmpty && !layout.Columns.Contains(BoardColumn.Patient))
            node.Error("columns", "a board says whom each line is about: patient is missing");
        return layout;
    }

    private static ImmutableArray<T> Once<T>(PolicyNode node, string key, ImmutableArray<T> otherwise) where T : struct, Enum
    {
        if (!node.Has(key)) return otherwise;
        ImmutableArray<T> said = [.. node.Choices<T>(key)];
        if (said.Distinct().Count() < said.Length) node.Error(key, "names one twice");
        return said;
    }
}
