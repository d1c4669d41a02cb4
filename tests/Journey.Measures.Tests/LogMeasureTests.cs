using System.Globalization;
using System.Text.Json;
using Journey.Hosting.Usage;

namespace Journey.Measures.Tests;

public sealed class LogMeasureTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    private Task<Ran> Ask(string text, params string[] more)
    {
        File.WriteAllText(_file, text);
        return Command.Log([_file, "--case", "who", "--activity", "what", "--time", "at", "--from", "door", "--to", "bed", .. more]);
    }

    [Fact]
    public async Task A_log_with_begin_and_end_in_two_lines_has_the_figures_of_another_computation()
    {
        var file = Path.Combine(Corpus.Folder("eventlogs/patients"), "patients.csv");
        var rows = File.ReadLines(file).Skip(1).Select(line => line.Split(','))
            .Select(cells => (Case: cells[1], What: cells[0], Phase: cells[4], At: DateTimeOffset.Parse(cells[5], CultureInfo.InvariantCulture)));
        var took = (from row in rows
                    group row by row.Case into one
                    let door = one.Where(row => row is { What: "Registration", Phase: "start" }).Min(row => row.At)
                    from left in one.Where(row => row is { What: "Check-out", Phase: "complete" }).Take(1)
                    select (int)(left.At - door).TotalMinutes).Order().ToList();
        await Same(took, 8, file, "patient", "handling", "time", "Registration", "Check-out");
    }

    [Theory]
    [InlineData("Discharged"), InlineData("Doctor Examination"), InlineData("Triage")]
    public async Task A_log_of_a_day_has_the_figures_of_another_computation(string to)
    {
        var file = Path.Combine(Corpus.Folder("eventlogs/mindzie-ed-day"), "alderaan_daily.csv");
        var cases = File.ReadLines(file).Skip(1).Select(line => line.Split(',')).GroupBy(cells => cells[0])
            .Select(one => one.ToDictionary(cells => cells[1], cells => DateTime.Parse(cells[2], CultureInfo.InvariantCulture))).ToList();
        var took = cases.Where(one => one.ContainsKey(to)).Select(one => (int)(one[to] - one["Registration"]).TotalMinutes).Order().ToList();
        await Same(took, cases.Count - took.Count, file, "CaseId", "ActivityName", "ActivityTime", "Registration", to);
    }

    private static async Task Same(List<int> took, int open, string file, string who, string what, string at, string from, string to)
    {
        var ran = await Command.Log(file, "--case", who, "--activity", what, "--time", at, "--from", from, "--to", to, "--over", "60, 240");
        Assert.Equal((0, ""), (ran.Code, ran.Errors));
        var line = Assert.Single(ran.Lines);
        Assert.Equal(
            (took.Count, took[(took.Count - 1) / 2], took[(int)Math.Ceiling(took.Count * 0.9m) - 1], open),
            (line.GetProperty("n").GetInt32(), line.GetProperty("median").GetInt32(), line.GetProperty("p90").GetInt32(),
                line.GetProperty("open").GetInt32()));
        foreach (var over in new[] { 60, 240 })
            Assert.Equal((double)took.Count(minutes => minutes > over) / took.Count,
                line.GetProperty("shares").GetProperty(over.ToString(CultureInfo.InvariantCulture)).GetDouble());
    }

    [Theory]
    [InlineData("2031-05-04 08:00:00", "2031-05-04 09:01:30"), InlineData("2031-05-04T08:00:00Z", "2031-05-04T10:01:30+01:00"),
     InlineData("04.05.2031 08:00", "04.05.2031 09:01:59"), InlineData("2031/05/04 8:00:00.000", "2031/05/04 9:01:00.999"),
     InlineData("2031-05-04T08:00:00.000+0000", "2031-05-04T09:01:00.000+0000")]
    public async Task Times_are_read_as_logs_write_them(string door, string bed) =>
        Assert.Equal(61, (await Ask($"who;what;at\na;door;{door}\na;bed;{bed}\n")).Lines[0].GetProperty("median").GetInt32());

    [Fact]
    public async Task Another_way_to_write_times_can_be_told() =>
        Assert.Equal(61, (await Ask("who,what,at\na,door,4/5/2031 8:00\na,bed,4/5/2031 9:01\n", "--format", "d/M/yyyy H:mm")).Lines[0]
            .GetProperty("median").GetInt32());

    [Fact]
    public async Task A_wall_clock_that_was_set_back_does_not_shorten_a_wait()
    {
        const string Night = "who,what,at\na,door,2031-10-26 00:30:00\na,bed,2031-10-26 04:30:00\n";
        Assert.Equal(240, (await Ask(Night)).Lines[0].GetProperty("median").GetInt32());
        Assert.Equal(300, (await Ask(Night, "--zone", "Europe/London")).Lines[0].GetProperty("median").GetInt32());
    }

    [Fact]
    public async Task Quotes_marks_and_empty_times_break_nothing()
    {
        var ran = await Ask("\uFEFFwho,what,at\r\n\"a,1\",door,2031-05-04 08:00:00\r\n\"a,1\",bed,\r\n\"a,1\",bed,2031-05-04 08:30:00\r\n\r\n");
        Assert.Equal((0, "1 lines have no time and were passed over.\n"), (ran.Code, ran.Errors));
        Assert.Equal((1, 30), (ran.Lines[0].GetProperty("n").GetInt32(), ran.Lines[0].GetProperty("median").GetInt32()));
    }

    [Fact]
    public async Task What_goes_on_is_counted_beside_what_is_finished()
    {
        const string Day = "who,what,at\na,door,2031-05-04 08:00\na,bed,2031-05-04 08:30\nb,door,2031-05-04 08:00\nc,bed,2031-05-04 11:00\n";
        var line = (await Ask(Day)).Lines[0];
        Assert.Equal((1, 1, 180, 0), (line.GetProperty("n").GetInt32(), line.GetProperty("open").GetInt32(),
            line.GetProperty("longestOpen").GetInt32(), line.GetProperty("unusable").GetInt32()));
        Assert.Equal(JsonValueKind.Null, line.GetProperty("p90WithOpen").ValueKind);
    }

    [Theory]
    [InlineData("", "'"), InlineData("who,what,when\n", "There is no column 'at'. There are who, what, when."),
     InlineData("who,what,at\na,door,2031-05-04 08:00\na,bed,noon\n", "In line 3 column 'at' is no time"),
     InlineData("who,what,at\na,door,2031-05-04 08:00\n", "The log has no activity 'bed'. It has door.")]
    public async Task A_log_that_is_none_is_refused_and_says_where(string text, string said) =>
        Assert.StartsWith(said, (await Assert.ThrowsAsync<InputException>(() => Ask(text))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("'x' is no list", "--over", "x"), InlineData("There is no time zone 'Mars'.", "--zone", "Mars"),
     InlineData("'--zone' was given twice.", "--zone", "UTC", "--zone", "UTC")]
    public async Task Wrong_usage_is_told_with_what_is_right(string said, params string[] args) =>
        Assert.StartsWith(said, (await Assert.ThrowsAsync<UsageException>(() => Ask("", args))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task What_is_missing_is_named()
    {
        var refused = await Assert.ThrowsAsync<UsageException>(() => Command.Log(_file, "--case", "who"));
        Assert.StartsWith("'--activity' is missing.", refused.Message, StringComparison.Ordinal);
        Assert.Equal(64, await MeasuresCommand.Run(["measures"]));
        Assert.Equal(65, await MeasuresCommand.Run(
            ["measures", "log", _file + "x", "--case", "a", "--activity", "b", "--time", "c", "--from", "d", "--to", "e"]));
    }
}
