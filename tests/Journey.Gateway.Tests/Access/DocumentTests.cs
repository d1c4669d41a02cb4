using System.Text;
using Journey.Contracts.Access;
using Journey.Gateway.Cluster.Wire;
using Journey.Gateway.Trust.Access;

namespace Journey.Gateway.Tests.Access;

/// <summary>The table that readers are shown is the one that is enforced.</summary>
public sealed class DocumentTests
{
    private const string Begin = "<!-- table: written by DocumentTests -->\n";
    private const string End = "<!-- end of table -->";

    [Fact]
    public void The_document_shows_the_table_as_it_is()
    {
        var file = Path.Combine(Repository.Root, "docs/access.md");
        var text = File.ReadAllText(file).ReplaceLineEndings("\n");
        var (from, to) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
        var now = text[..from] + Table() + text[to..];
        if (Environment.GetEnvironmentVariable("JOURNEY_APPROVE_ACCESS") == "1") File.WriteAllText(file, now);
        else Assert.True(text == now,
            "docs/access.md shows another table than AccessTable is. If the change is meant, write it: JOURNEY_APPROVE_ACCESS=1 dotnet test "
                + "--project tests/Journey.Gateway.Tests, and commit the file.");
    }

    private static string Table()
    {
        var text = new StringBuilder("| operation | ").AppendJoin(" | ", AccessTable.Columns.Select(WireName<Role>.Dashed))
            .Append(" | anybody |\n|--|");
        for (var i = 0; i <= AccessTable.Columns.Length; i++) text.Append("--|");
        text.Append('\n');
        foreach (var operation in Enum.GetValues<Operation>())
        {
            text.Append("| ").Append(WireName<Operation>.Dashed(operation)).Append(" | ")
                .AppendJoin(" | ", AccessTable.Columns.Select(role => Say(AccessTable.CellFor(operation, role))));
            text.Append(" | ").Append(Say(AccessTable.CellFor(operation, null))).Append(" |\n");
        }

        return text.ToString();
    }

    private static string Say(Cell cell) => (cell.Scope, cell.Audience) switch
    {
        (Scope.None, _) => "–",
        (Scope.Units, Audience.Charge) => "units, all",
        (Scope.Units, Audience.Desk) => "units",
        (Scope.Units, Audience.Liaison) => "units, families",
        (Scope.Units | Scope.Assigned, Audience.Liaison) => "units + part, families",
        (Scope.Units, Audience.Wall) => "units, wall",
        (Scope.Units | Scope.Assigned, _) => "units + part",
        (Scope.Assigned, _) => "own",
        (Scope.House, Audience.Operations) => "house, no names",
        (Scope.House, Audience.Wall) => "house, wall",
        (Scope.House, _) => "house",
        (Scope.House | Scope.Confidential, _) => "any visit",
        (Scope.Link, _) => "link",
        _ => throw new InvalidOperationException($"No word for {cell}."),
    };
}
