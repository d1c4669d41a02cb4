using System.Text.Json;
using Journey.Hosting.Usage;

namespace Journey.Themes.Tests;

public sealed class ThemesTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void What_persons_found_before_is_suggested_for_what_is_said_anew()
    {
        var model = ThemeModel.Learn(Invented.Comments(300));
        var suggested = model.Suggest(["Nobody told us what happens next and we waited four hours in the queue.", "The soup was cold, no breakfast before noon, an awful meal."]);
        Assert.Equal(["not kept informed", "wait"], suggested[0].Keys);
        Assert.Equal("food", suggested[1].MaxBy(theme => theme.Value).Key);
        Assert.All(suggested.SelectMany(themes => themes.Values), confidence => Assert.InRange(confidence, 0, 1));
    }

    [Fact]
    public void The_same_comments_make_the_same_model()
    {
        var comments = Invented.Comments(200);
        string[] texts = [.. Invented.Comments(260).Skip(200).Select(comment => comment.Text)];
        Assert.Equal(ThemeModel.Learn(comments).Suggest(texts), ThemeModel.Learn(comments).Suggest(texts));
    }

    [Fact]
    public async Task A_file_of_comments_is_evaluated_without_a_word_of_them()
    {
        var (code, output, errors) = await Evaluate(Lines(Invented.Comments(400)));
        Assert.Equal((0, ""), (code, errors));
        var line = JsonDocument.Parse(output).RootElement;
        Assert.Equal(400, line.GetProperty("trained").GetInt32() + line.GetProperty("tested").GetInt32());
        Assert.Equal(5, line.GetProperty("labels").GetInt32());
        Assert.InRange(line.GetProperty("tested").GetInt32(), 98, 100);
        Assert.InRange(line.GetProperty("micro-f1").GetDouble(), 0.95, 1);
        Assert.InRange(line.GetProperty("macro-f1").GetDouble(), 0.9, 1);
        Assert.Equal(["compliment", "food", "not kept informed", "respect", "wait"],
            line.GetProperty("f1").EnumerateObject().Select(theme => theme.Name));
        Assert.DoesNotContain("soup", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Labels_by_chance_are_not_learnt()
    {
        var chance = new Random(3);
        var comments = Invented.Comments(400).Select(comment => comment with { Themes = new HashSet<string> { chance.Next(10) < 2 ? "x" : "y" } });
        var (_, output, _) = await Evaluate(Lines(comments));
        Assert.InRange(JsonDocument.Parse(output).RootElement.GetProperty("f1").GetProperty("x").GetDouble(), 0, 0.5);
    }

    [Fact]
    public async Task Empty_texts_are_said_and_comments_without_a_respondent_are_each_their_own()
    {
        var comments = Lines(Invented.Comments(80)).Select((line, i) => i > 0 && i % 2 == 0 ? line[..(line.LastIndexOf(',') + 1)] : line)
            .Append(",wait,respondent 1");
        var (code, output, errors) = await Evaluate(comments);
        Assert.Equal((0, "1 lines have no text and were passed over."), (code, errors.TrimEnd()));
        Assert.InRange(JsonDocument.Parse(output).RootElement.GetProperty("tested").GetInt32(), 18, 20);
    }

    [Theory]
    [InlineData("There are too few respondents", "text,labels,who\nslow,wait,a\nrude,respect,a"),
     InlineData("No comment that teaches has a label.", "text,labels,who\nslow,,a\nrude,,b\ncold,,c\nkind,,d"),
     InlineData("There is no column 'who'. There are text, labels.", "text,labels\nslow,wait")]
    public async Task What_cannot_teach_is_refused(string said, string text) =>
        Assert.StartsWith(said, (await Assert.ThrowsAsync<InputException>(() => Evaluate([text]))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Wrong_usage_has_its_own_exit_code()
    {
        Assert.Equal(64, await ThemesCommand.Run(["themes"]));
        Assert.Equal(64, await ThemesCommand.Run(["themes", "evaluate", _file]));
        Assert.Equal(65, await ThemesCommand.Run(["themes", "evaluate", _file + "x", "--text", "a", "--labels", "b", "--group", "c"]));
    }

    private static IEnumerable<string> Lines(IEnumerable<Comment> comments) =>
        comments.Select(comment => $"\"{comment.Text}\",{string.Join("; ", comment.Themes)},{comment.Respondent}").Prepend("text,labels,who");

    private async Task<(int Code, string Output, string Errors)> Evaluate(IEnumerable<string> lines)
    {
        await File.WriteAllLinesAsync(_file, lines, TestContext.Current.CancellationToken);
        var (output, errors) = (new StringWriter(), new StringWriter());
        var code = await ThemesCommand.Run([_file, "--text", "text", "--labels", "labels", "--group", "who"], output, errors);
        return (code, output.ToString(), errors.ToString());
    }
}
