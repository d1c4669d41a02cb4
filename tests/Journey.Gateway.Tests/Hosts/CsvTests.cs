using Journey.Gateway.Http.Audit;

namespace Journey.Gateway.Tests.Hosts;

/// <summary>No spreadsheet of any country takes a name for a formula.</summary>
public sealed class CsvTests
{
    [Theory]
    [InlineData("=1+1"), InlineData("+1"), InlineData("-1"), InlineData("@SUM(1)"), InlineData("x;=1+1"), InlineData("x,=1+1"), InlineData("x\t=1+1"),
        InlineData("x;  =1+1"), InlineData("x;\"=1+1"), InlineData("\"=1+1")]
    [InlineData("x\n=1+1"), InlineData("x|=1"), InlineData("＝1"), InlineData("x;＋1"), InlineData("; ;=1"), InlineData(" =1")]
    public void A_formula_begins_nowhere_whatever_the_reader_parts_cells_at(string text)
    {
        foreach (var written in new[] { ',', ';' })
        {
            var line = new Csv(written).Line("a", text, "b");
            foreach (var read in new[] { ',', ';', '\t', '|' })
                Assert.DoesNotContain(line.Split(read, '\n', '\r').Select(cell => cell.TrimStart(' ', '"')),
                    cell => cell is ['=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠', ..]);
        }
    }

    [Theory, InlineData(',', "a,\"x;y\",\"z\"\"\"\r\n"), InlineData(';', "a;\"x;y\";\"z\"\"\"\r\n")]
    public void A_line_is_for_the_reader_who_asked(char separator, string line) => Assert.Equal(line, new Csv(separator).Line("a", "x;y", "z\""));

    [Fact]
    public void What_is_harmless_stays() =>
        Assert.Equal("2026-03-02,::1,a-b,nurse@ED\r\n", new Csv(',').Line("2026-03-02", "::1", "a-b", "nurse@ED"));
}
