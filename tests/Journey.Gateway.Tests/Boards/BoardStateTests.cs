using CsCheck;
using Journey.Contracts;
using Journey.Contracts.Alerts;
using Journey.Contracts.Boards;
using Journey.Contracts.Visits;
using Journey.Gateway.Live.Boards;
using Journey.Gateway.Trust.Access;

namespace Journey.Gateway.Tests.Boards;

public class BoardStateTests
{
    private static readonly Guid Epoch = new("11111111-1111-1111-1111-111111111111");
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_delta_brings_changes_and_the_rows_whose_likeness_they_change()
    {
        var before = Board(5, Row(1, "Hansen"), Row(2, "Weber"));
        var step = BoardStep.By(before, Delta(6, Row(3, "Hanson")));
        var change = BoardViews.Change(step, Audience.Desk);
        Assert.Equal([Id(1).Value, Id(3).Value], change.Changed.Select(row => row.VisitId).Order());
        Assert.All(change.Changed, row => Assert.True(row.SimilarName));

        change = BoardViews.Change(BoardStep.By(step.After, new BoardDelta("ED", Epoch, 7, Now, [], [Id(3)], null)), Audience.Desk);
        Assert.Equal([Id(3).Value], change.Removed);
        Assert.False(Assert.Single(change.Changed).SimilarName);
    }

    [Fact]
    public void A_snapshot_that_is_only_newer_changes_only_what_is_newer()
    {
        var before = Board(5, Row(1, "Hansen"), Row(2, "Weber"));
        var after = BoardState.From(Snapshot(8, Row(1, "Hansen"), Row(2, "Weber") with { Version = 2 }), before);
        var change = BoardViews.Change(BoardStep.To(before, after), Audience.Desk);
        Assert.Equal([Id(2).Value], change.Changed.Select(row => row.VisitId));
        Assert.Null(change.Beds);
    }

    [Fact]
    public void Alerts_that_were_raised_changed_or_left_are_told()
    {
        var alert = Raised(Guid.CreateVersion7());
        var quiet = Board(1, Row(1, "Hansen"));
        var raised = quiet.Apply(Delta(2, Row(1, "Hansen") with { Alerts = [alert] }));
        var taken = raised
            .Apply(Delta(3,
                Row(1, "Hansen") with
                {
                    Alerts = [alert with { State = AlertState.Acknowledged, Owner = new("staff/j", "Jutta"), Reason = "busy" }]
                }));
        var over = taken.Apply(Delta(4, Row(1, "Hansen")));
        Assert.Equal("raised", Assert.Single(BoardViews.Alerts(BoardStep.To(quiet, raised), Audience.Desk)).Alert.State);
        Assert.Equal(("acknowledged", "Jutta", "busy"), Told(Assert.Single(BoardViews.Alerts(BoardStep.To(raised, taken), Audience.Desk))));
        Assert.Null(Assert.Single(BoardViews.Alerts(BoardStep.To(raised, taken), Audience.Operations)).Alert.Reason);
        Assert.Empty(BoardViews.Alerts(BoardStep.To(raised, taken), Audience.Wall));
        Assert.Equal("resolved", Assert.Single(BoardViews.Alerts(BoardStep.To(taken, over), Audience.Desk)).Alert.State);
        Assert.Empty(BoardViews.Alerts(BoardStep.To(raised, raised.SeenAt(Now.AddSeconds(1))), Audience.Desk));
        static (string, string?, string?) Told(Api.AlertChange change) => (change.Alert.State, change.Alert.Owner, change.Alert.Reason);
    }

    /// <summary>What a delta names is all there is to look at: every audience is told the same as if all rows were compared.</summary>
    [Fact]
    public void A_delta_tells_what_a_comparison_of_all_rows_tells() =>
        Gen.Select(Gen.Select(Gen.Int[1, 8], Gen.Int[0, 3], Gen.Bool, Gen.Int[0, 2]).Array[0, 8],
            Gen.Select(Gen.Int[1, 8], Gen.Int[0, 3], Gen.Bool, Gen.Int[0, 2]).Array[0, 4], Gen.Int[1, 8].Array[0, 3])
                .Sample((had, changed, removed) =>
    {
        var before = Board(5, Rows(had, 1));
        var delta = new BoardDelta("ED", Epoch, 6, Now, [.. Rows(changed, 2)],
            [.. removed.Select(Id).Except(changed.Select(row => Id(row.Item1)))], null);
        var (step, compared) = (BoardStep.By(before, delta), BoardStep.To(before, before.Apply(delta)));
        foreach (var audience in Enum.GetValues<Audience>())
        {
            Assert.Equal(Change(compared, audience), Change(step, audience));
            Assert.Equal(BoardViews.Alerts(compared, audience).Select(Json).Order(), BoardViews.Alerts(step, audience).Select(Json).Order());
        }

        static VisitRow[] Rows((int Visit, int Name, bool Confidential, int Alerts)[] some, long version) =>
            [.. some.DistinctBy(row => row.Visit).Select(row => Row(row.Visit, Names[row.Name]) is var made ? made with
        {
            Version = version, ArrivedAt = Now.AddMinutes(row.Visit), Patient = made.Patient with { Confidential = row.Confidential },
            Location = new("ED", "1", row.Visit % 2 == 0 ? null : row.Visit.ToString()),
            Alerts = [.. Enumerable.Range(0, row.Alerts).Select(n => Raised(Id(100 * row.Visit + n).Value))],
        } : null!)];

        static string Change(BoardStep step, Audience audience) =>
            BoardViews.Change(step, audience) is var change ? Json(change with { Removed = [.. change.Removed.Order()] }) : "";

        static string Json<T>(T told) => System.Text.Json.JsonSerializer.Serialize(told);
    });

    [Theory]
    [InlineData("HANSEN", "HANSON", true), InlineData("WEBER", "WEBER", true), InlineData("WEBER", "WEBERS", true),
        InlineData("MAIER", "MEIER", true)]
    [InlineData("WEBER", "WEBERIN", false), InlineData("MAIER", "MEYER", false), InlineData("LI", "LO", true), InlineData("A", "", true)]
    public void Names_one_letter_apart_are_easily_mistaken(string a, string b, bool similar)
    {
        Assert.Equal(similar, SimilarNames.IsOneApart(a, b));
        Assert.Equal(similar, SimilarNames.IsOneApart(b, a));
    }

    [Fact]
    public void A_warning_of_likeness_says_nothing_of_a_locked_name_or_of_who_is_gone()
    {
        var locked = Row(2, "Hansen");
        locked = locked with { Patient = locked.Patient with { Confidential = true } };
        Assert.Empty(SimilarNames.Among([Row(1, "Hansen"), locked, Row(3, "Hansen") with { Status = VisitStatus.Departed }]));
    }

    [Fact]
    public void Two_visits_of_one_person_are_not_mistaken_for_each_other_also_once_a_merge_has_made_them_one()
    {
        var (one, other) = (Row(1, "Hansen"), Row(2, "Hanson"));
        var board = Board(1, one, other);
        Assert.Equal(2, board.Similar.Count);
        var merged = other with { Version = 2, Patient = other.Patient with { Id = one.Patient.Id } };
        Assert.Empty(board.Apply(Delta(2, merged)).Similar);
        Assert.Empty(BoardState.From(Snapshot(2, one, merged), board).Similar);
        Assert.Equal(2, board.Apply(Delta(2, merged)).Apply(Delta(3, other with { Version = 3 })).Similar.Count);
    }

    [Theory]
    [InlineData(LinkKind.ElsewhereAs, 0), InlineData(LinkKind.AdmittedTo, 0), InlineData(LinkKind.AdmittedFrom, 0), InlineData(LinkKind.ReturnOf, 0),
        InlineData(LinkKind.MotherOf, 2)]
    public void A_linked_visit_is_the_same_persons_but_a_newborn_is_another(LinkKind link, int marked)
    {
        var (one, other) = (Row(1, "Hansen"), Row(2, "Hansen"));
        var board = Board(1, one, other);
        Assert.Equal(2, board.Similar.Count);
        Assert.Equal(marked, board.Apply(Delta(2, one with { Version = 2, Links = [new(link, Id(2), null, null, null)] })).Similar.Count);
    }

    [Fact]
    public void Of_whom_nobody_knows_who_they_are_is_not_one_person() =>
        Assert.Equal(2, SimilarNames.Among([Unknown(1), Unknown(2)]).Count);

    private static VisitRow Unknown(int visit) => Row(visit, "Hansen") is var row ? row with { Patient = row.Patient with { Id = default } } : row;

    private static readonly string[] Names = ["Hansen", "Hanson", "Weber", "Webers"];

    private static AlertView Raised(Guid id) =>
        new(id, "ed.triage", "touchpoint", "Triage is due", Severity.Warning, AlertState.Raised, Now, Now, null, null, null, null, null, null);

    internal static BoardState Board(long version, params VisitRow[] rows) => BoardState.From(Snapshot(version, rows));

    internal static BoardSnapshot Snapshot(long version, params VisitRow[] rows) => new("ED", "ED", Epoch, version, Now, [.. rows], []);

    internal static BoardDelta Delta(long version, params VisitRow[] rows) => new("ED", Epoch, version, Now, [.. rows], [], null);

    internal static VisitId Id(int visit) => new(new Guid(visit, 0, 0, new byte[8]));

    internal static VisitRow Row(int visit, string family) => new()
    {
        Visit = Id(visit), Version = 1, Unit = "ED", Status = VisitStatus.Present, Step = "arrived",
        Patient = new() { Id = new(new Guid(visit, 1, 0, new byte[8])), FamilyName = family, GivenName = "Given" },
    };
}
