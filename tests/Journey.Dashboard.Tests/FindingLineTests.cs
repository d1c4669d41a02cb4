using Journey.Api;
using Journey.Dashboard.Privacy;

namespace Journey.Dashboard.Tests;

public class FindingLineTests
{
    private static readonly Finding Found =
        new(Guid.NewGuid(), "same-surname", "Opened a patient who bears their surname", "Nora Nurse", "sub-7", Rendered.Now, Guid.NewGuid(),
            "ED", 1, null);

    [Fact]
    public async Task A_finding_says_who_when_and_why_and_asks_whether_there_was_a_reason()
    {
        var text = await Line(Found);
        Assert.Contains("Nora Nurse , 10:00: Opened a patient who bears their surname, on ED.", text, StringComparison.Ordinal);
        Assert.Contains("There was a reason", text, StringComparison.Ordinal);
        Assert.Contains("To be followed up", text, StringComparison.Ordinal);
        Assert.Contains("In the audit trail", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_judged_says_by_whom_and_can_be_judged_otherwise()
    {
        var html = await Rendered.Html<FindingLine>(("Entry", Found with { Judgement = new("follow-up", "Prue Officer", Rendered.Now) }));
        Assert.Contains("To be followed up, Prue Officer, 10:00", Rendered.Text(html), StringComparison.Ordinal);
        Assert.Contains("judge-had-reason", html, StringComparison.Ordinal);
        Assert.DoesNotContain("judge-follow-up", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_is_offered_to_judge_what_they_looked_at_themselves()
    {
        var html = await Rendered.HtmlFor<FindingLine>(new Me(true, "sub-7", "Nora Nurse", ["privacy-officer"], [], 900), [], [], ("Entry", Found));
        Assert.DoesNotContain("judge-", html, StringComparison.Ordinal);
        Assert.Contains("Somebody else judges", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, 1, 0, "–"), InlineData(25, 6, 2, "25 % of 8")]
    public void A_precision_says_of_how_many(int? percent, int hadReason, int followedUp, string says) =>
        Assert.Equal(says, FindingWords.Precision(new("hidden", "Confidential patient", 3, hadReason, followedUp, percent)));

    [Fact]
    public void A_judgement_is_taken_back_by_opening_the_finding_again()
    {
        var judges = FindingWords.Judge(Found, "had-reason");
        Assert.True(judges.CanBeUndone);
        Assert.Equal((judges.Command.Address, """{"verdict":"open"}""", false),
            (judges.Reverse!.Command.Address, judges.Reverse.Command.Body, judges.Reverse.CanBeUndone));
    }

    private static async Task<string> Line(Finding finding) => Rendered.Text(await Rendered.Html<FindingLine>(("Entry", finding)));
}
