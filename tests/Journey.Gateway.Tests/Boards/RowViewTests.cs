using Journey.Contracts;
using Journey.Contracts.Visits;
using Journey.Gateway.Http.Visits;
using Journey.Gateway.Live.Boards;
using Journey.Gateway.Live.Views;
using Journey.Gateway.Trust.Access;

namespace Journey.Gateway.Tests.Boards;

public class RowViewTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("FT", null, "ED FT"), InlineData("FT", "3", "ED FT-3"), InlineData(null, "3", "ED 3"), InlineData(null, null, "ED")]
    [InlineData("", "", "ED"), InlineData("R1", "R12", "ED R12"), InlineData("FT", "", "ED FT")]
    public void A_place_is_shown_as_far_as_it_is_known(string? room, string? bed, string place)
    {
        var row = Doubted() with { Location = new("ED", room, bed) };
        Assert.Equal(place, RowViews.Row(row, Audience.Desk, similarName: false).Place);
        Assert.Equal(place, VisitViews.Found(row).Place);
    }

    [Fact]
    public void The_desk_sees_every_doubt_with_its_evidence_and_the_other_visit()
    {
        var row = RowViews.Row(Doubted(), Audience.Desk, similarName: false);
        Assert.Equal(("silent", "Nothing heard for 13 h", Now.AddHours(-13), (Guid?)null),
            (row.Doubts[0].Kind, row.Doubts[0].Says, row.Doubts[0].Since, row.Doubts[0].Other));
        Assert.Equal(("bed-shared", BoardStateTests.Id(2).Value), (row.Doubts[1].Kind, row.Doubts[1].Other));
        Assert.Equal(("admitted-from", BoardStateTests.Id(3).Value, "V3", "ED"),
            (row.Links[0].As, row.Links[0].VisitId, row.Links[0].VisitNumber, row.Links[0].Unit));
        Assert.True(row.ProbablyGone);
        Assert.Equal(("left-before-evaluation", true, "hallway", "Short of breath"), (row.DepartedAs, row.EndInferred, row.PlaceKind, row.Complaint));
        Assert.Equal((Now.AddHours(-16), new Api.Freshness(Now, "ADT"), new Api.Freshness(Now, "Nora"), new Api.Freshness(Now, "Ada")),
            (row.DoorAt, row.PlaceSaid, row.NurseSaid, row.AcuitySaid));
    }

    [Theory]
    [InlineData(nameof(Audience.Operations)), InlineData(nameof(Audience.Wall))]
    public void Whoever_need_not_know_the_patient_learns_the_bare_fact_of_a_doubt(string audience)
    {
        var row = RowViews.Row(Doubted(), Enum.Parse<Audience>(audience), similarName: false);
        Assert.True(row.ProbablyGone);
        Assert.Empty(row.Doubts);
        Assert.Empty(row.Links);
        Assert.Equal((null, null, null, null), (row.Complaint, row.PlaceSaid, row.NurseSaid, row.AcuitySaid));
        Assert.Equal(audience == nameof(Audience.Wall) ? null : "left-before-evaluation", row.DepartedAs);
        var sent = System.Text.Json.JsonSerializer.Serialize(row);
        Assert.All(["V3", "Nothing heard", "breath", "Nora"], secret => Assert.DoesNotContain(secret, sent, StringComparison.Ordinal));
    }

    [Fact]
    public void A_withheld_row_counts_among_those_to_verify_and_says_nothing_else()
    {
        var doubted = Doubted();
        var row = RowViews.Row(doubted with { Patient = doubted.Patient with { Confidential = true } }, Audience.Desk, similarName: false);
        Assert.True(row is { Withheld: true, ProbablyGone: true });
        Assert.Empty(row.Doubts);
        Assert.Empty(row.Links);
        Assert.Equal((null, null, null, null), (row.Complaint, row.DoorAt, row.DepartedAs, row.PlaceKind));
    }

    [Theory]
    [InlineData(nameof(LinkKind.AdmittedFrom), "ED"), InlineData(nameof(LinkKind.ReturnOf), "ED"), InlineData(nameof(LinkKind.AdmittedTo), null),
        InlineData(nameof(LinkKind.ElsewhereAs), null), InlineData(nameof(LinkKind.MotherOf), null)]
    public void Of_a_visit_that_goes_on_no_link_says_on_which_unit_it_once_was(string kind, string? unit) =>
        Assert.Equal(unit,
            Assert.Single(RowViews.Row(Doubted() with { Links = [new(Enum.Parse<LinkKind>(kind), BoardStateTests.Id(3), "V3", "ED", Now)] },
                Audience.Desk, similarName: false).Links).Unit);

    [Fact]
    public void What_nobody_said_is_null_not_unknown()
    {
        var row = RowViews.Row(BoardStateTests.Row(1, "Hansen"), Audience.Desk, similarName: false);
        Assert.Equal((null, null, null, false), (row.DepartedAs, row.PlaceKind, row.Place, row.ProbablyGone));
    }

    [Fact]
    public void A_unit_tells_how_many_are_to_be_verified() =>
        Assert.Equal(3, BoardViews.Unit(new("ED", "ED", 4, 0, 0, 5, 4, 0, 0, 0, null, 0, Now) { ToVerify = 3 }).ToVerify);

    private static VisitRow Doubted() => BoardStateTests.Row(1, "Hansen") with
    {
        Location = new("ED", null, "3"),
        ArrivedAt = Now.AddHours(-14),
        DoorAt = Now.AddHours(-16),
        PlaceKind = PlaceKind.Hallway,
        Complaint = "Short of breath",
        DepartedAs = DepartureKind.LeftBeforeEvaluation,
        IsEndInferred = true,
        Doubts = [new(DoubtKind.Silent, "Nothing heard for 13 h", Now.AddHours(-13)),
            new(DoubtKind.BedShared, "Another patient in bed 3", Now, BoardStateTests.Id(2))],
        Links = [new(LinkKind.AdmittedFrom, BoardStateTests.Id(3), "V3", "ED", Now.AddHours(-16))],
        PlaceSaid = new(Now, "ADT"),
        NurseSaid = new(Now, "Nora"),
        AcuitySaid = new(Now, "Ada"),
    };
}
