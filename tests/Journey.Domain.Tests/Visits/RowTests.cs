using System.Text;
using System.Text.Json.Nodes;
using Journey.Contracts.Visits;
using Journey.Domain.Facts;
using Journey.Domain.Visits;

namespace Journey.Domain.Tests.Visits;

public sealed class RowTests
{
    [Fact]
    public void A_row_of_a_version_that_knew_fewer_lists_has_them_empty_and_is_told_from_one_of_today()
    {
        var today = VisitJson.WriteRow(new VisitRow { Visit = Spec.Id, Number = "V-1" });
        var before = JsonNode.Parse(today)!.AsObject();
        foreach (var list in before.Where(member => member.Value is JsonArray).Select(member => member.Key).ToArray()) before.Remove(list);
        var read = VisitJson.ReadRow(Encoding.UTF8.GetBytes(before.ToJsonString()), out var isOutdated);
        Assert.True(isOutdated);
        Assert.Equal("V-1", read.Number);
        var lists = typeof(VisitRow).GetProperties().Where(p => p.PropertyType.Name.StartsWith("ImmutableArray", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(lists);
        Assert.All(lists, list => Assert.False((bool)list.PropertyType.GetProperty("IsDefault")!.GetValue(list.GetValue(read))!, list.Name));
        VisitJson.ReadRow(today, out isOutdated);
        Assert.False(isOutdated);
    }
}
