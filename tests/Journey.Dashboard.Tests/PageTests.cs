using System.Text.Json;
using Journey.Api;
using Journey.Dashboard.Boards;
using Journey.Dashboard.Intake;
using Journey.Dashboard.Visits;
using Journey.Dashboard.Walls;

namespace Journey.Dashboard.Tests;

/// <summary>Whole pages, as the server's answers make them.</summary>
public class PageTests
{
    private static readonly Board Doubted =
        Rows.Board(Rows.Here("Here, Hanna", "2"), Rows.Gone("Gone, Gerd", "1"), Rows.Here("Fast, Fritz", room: "FT")) with
        {
            Feeds = [new("ADT", "behind", Rendered.Now, 1) { BehindSeconds = 32_900 }],
        };

    [Fact]
    public async Task A_board_counts_nobody_who_has_probably_left_and_says_how_many_there_are()
    {
        var html = await Rendered.Html<BoardPage>((Doubted, false), [], ("Code", "ED"));
        var text = Rendered.Text(html);
        Assert.Contains("In department 2 1 to verify Bed ready 1", text, StringComparison.Ordinal);
        Assert.DoesNotContain("without a bed", text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Families waiting 0", text, StringComparison.Ordinal);
        Assert.Contains("Alerts need action 0", text, StringComparison.Ordinal);
        Assert.Contains("ADT is 9 h behind, catching up — calls about its visits wait.", text, StringComparison.Ordinal);
        Assert.Contains("To verify 1 1 Gone, Gerd Roomed Nothing heard or done for 13 h", text, StringComparison.Ordinal);
        Assert.True(html.IndexOf("Gone, Gerd", StringComparison.Ordinal) > html.IndexOf("Fast, Fritz", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wall_says_the_bare_number()
    {
        var text = Rendered.Text(await Rendered.Html<WallPage>((Doubted, true), [], ("Code", "ED")));
        Assert.Contains("2 here 1 of 3 beds ready to verify: 1", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Gone, Gerd", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing heard", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_visits_page_says_where_who_and_since_when_that_is_known()
    {
        var said = new Freshness(Rendered.Now.AddHours(-1), "ADT");
        var row = Rows.Gone("Gone, Gerd", "1") with
        {
            Place = "ED 1",
            PlaceKind = "hallway",
            PlaceSaid = said,
            NurseSaid = said with { By = "Nora Nurse" },
            AcuitySaid = said,
            Nurse = "Nora Nurse",
            Acuity = 3,
            Complaint = "Short of breath",
            StepsAhead = ["departed"],
            Links = [new("return-of", Guid.NewGuid(), "V1", "ED", null)],
        };
        var visit = JsonSerializer.Serialize(new Visit("ED", row, [new("ED", "FT", null, Rendered.Now.AddHours(-2), null)], [], [], []),
            JsonSerializerOptions.Web);
        var text = Rendered.Text(await Rendered.Html<VisitPage>(null, [(row.VisitId.ToString(), visit), ("/timeline", "[]")], ("Id", row.VisitId)));
        Assert.Contains("Place ED 1, hallway Place: 09:00, ADT", text, StringComparison.Ordinal);
        Assert.Contains("Nora Nurse , change Nurse: 09:00, Nora Nurse", text, StringComparison.Ordinal);
        Assert.Contains("Came for Short of breath", text, StringComparison.Ordinal);
        Assert.Contains("Returned, earlier on ED (visit V1)", text, StringComparison.Ordinal);
        Assert.Contains("Nothing heard or done for 13 h since Sun 21:00 Still here", text, StringComparison.Ordinal);
        Assert.Contains("Left… Checked on the patient", text, StringComparison.Ordinal);
        Assert.Contains("ED, FT 08:00", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_feeds_page_shows_what_to_look_at_the_unknown_codes_and_what_became_of_each_message()
    {
        Feed[] feeds =
            [new("ADT", "behind", Rendered.Now, 2) { BehindSeconds = 1500, Warnings = ["Zone is UTC, the policy's is not"],
                UnknownCodes = [new("PV1-2", "XQ", 7)] }];
        LoggedMessage[] messages = [new(9, Rendered.Now, "ADT", "HIS|MAIN", "M1", "ADT^A04", "rejected", "No visit number", 412)];
        var text = Rendered.Text(await Rendered.Html<FeedsPage>(null,
                [("/feeds", JsonSerializer.Serialize(feeds, JsonSerializerOptions.Web)),
                    ("/messages", JsonSerializer.Serialize(messages, JsonSerializerOptions.Web))]));
        Assert.Contains("ADT ADT is 25 min behind 10:00 2 Zone is UTC, the policy's is not PV1-2 XQ, 7 times", text, StringComparison.Ordinal);
        Assert.Contains("10:00 ADT HIS|MAIN ADT^A04 M1 rejected No visit number 412", text, StringComparison.Ordinal);
        Assert.Contains("could not do it just now", Rendered.Text(await Rendered.Html<FeedsPage>()), StringComparison.Ordinal);
    }
}
