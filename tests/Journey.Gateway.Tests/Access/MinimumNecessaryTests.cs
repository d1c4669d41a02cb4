using System.Net;
using System.Text.Json;
using Journey.Gateway.Tests.Hosts;
using Microsoft.AspNetCore.SignalR.Client;

namespace Journey.Gateway.Tests.Access;

/// <summary>What a role may not see is never sent.</summary>
public sealed class MinimumNecessaryTests(SignedInHost journey)
{
    [Theory]
    [InlineData("charge-nurse", "board", true, true)]
    [InlineData("nurse", "board", true, true)]
    [InlineData("operations-lead", "board", false, false)]
    [InlineData("wall-display", "wall", false, true)]
    [InlineData("operations-lead", "wall", false, true)]
    public async Task A_board_names_patients_only_to_whom_it_must(string role, string board, bool whole, bool initials)
    {
        var guest = await journey.Comes(bed: "1", family: "Geheimrat");
        var who = Somebody.As(role, guest.Unit);
        var read = await Seen(who, $"{Api.Paths.Units}/{guest.Unit}/{board}", guest);
        await using var hub = journey.Hub(token: SignedIn.Token(who));
        await hub.StartAsync(TestContext.Current.CancellationToken);
        var watched =
            (await hub.InvokeAsync<JsonElement>(board == "wall" ? "WatchWall" : "WatchUnit", guest.Unit, TestContext.Current.CancellationToken))
            .GetRawText();
        foreach (var text in new[] { read, watched })
        {
            foreach (var secret in new[] { "Geheimrat", guest.Patient, guest.Visit, "1970-05-04" })
                Assert.Equal(whole, text.Contains(secret, StringComparison.Ordinal));
            Assert.Equal(initials, text.Contains("Erika", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Whoever_searches_finds_their_own_however_many_namesakes_others_have()
    {
        var mine = await journey.Comes(family: "Namensvetter");
        var elsewhere = StandaloneHostFixture.Fresh("U");
        await journey
            .Send([.. Enumerable.Range(0, 130)
                .Select(_ => new Guest(StandaloneHostFixture.Fresh("P"), StandaloneHostFixture.Fresh("V"), elsewhere, "Namensvetter", "Erwin")
                    .Message("A04"))]);
        var found = Assert.Single(await journey
            .Read<Api.FoundVisit[]>(Somebody.As("family-liaison", mine.Unit), Api.Paths.Patients + "?query=namensvetter"));
        Assert.Equal(mine.VisitId, found.VisitId);
    }

    [Fact]
    public async Task A_push_is_made_for_its_watchers_as_the_board_was()
    {
        var guest = await journey.Comes(bed: "1", family: "Geheimrat");
        var heard = new TaskCompletionSource<string>();
        await using var hub = journey.Hub(token: SignedIn.Token(Somebody.As("operations-lead")));
        hub.On<JsonElement>("BoardChanged", change =>
        {
            if (change.GetProperty("changed").GetArrayLength() > 0) heard.TrySetResult(change.GetRawText());
        });
        await hub.StartAsync(TestContext.Current.CancellationToken);
        await hub.InvokeAsync<JsonElement>("WatchUnit", guest.Unit, TestContext.Current.CancellationToken);
        using var _ = await journey.Say(Somebody.As("nurse", guest.Unit), $"{Api.Paths.Visits}/{guest.VisitId}/family/waiting",
            new { who = "Sohn Geheimrat" });
        var text = await heard.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        foreach (var secret in new[] { "Geheimrat", "Erika", guest.Patient, guest.Visit, "1970-05-04" })
            Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_confidential_patient_is_a_taken_bed_to_the_unit_and_whole_to_who_is_in_charge()
    {
        var guest = await journey.Comes(confidential: true, bed: "1", family: "Unauffindbar");
        var path = $"{Api.Paths.Units}/{guest.Unit}/board";
        var row = Assert.Single(JsonDocument.Parse(await Seen(Somebody.As("nurse", guest.Unit), path, guest)).RootElement.GetProperty("rows")
            .EnumerateArray());
        Assert.True(row.GetProperty("withheld").GetBoolean());
        Assert.Equal(("1", "Confidential", "unknown"),
            (row.GetProperty("bed").GetString(), row.GetProperty("patient").GetProperty("name").GetString(), row.GetProperty("class").GetString()));
        var charge = Somebody.As("charge-nurse", guest.Unit);
        row = Assert.Single(JsonDocument.Parse(await Seen(charge, path, guest)).RootElement.GetProperty("rows").EnumerateArray());
        Assert.False(row.GetProperty("withheld").GetBoolean());
        var visit = await journey.Read<Api.Visit>(charge, $"{Api.Paths.Visits}/{guest.VisitId}");
        Assert.Equal(("Unauffindbar, Erika", true), (visit.Row.Patient.Name, visit.Row.Patient.Confidential));
    }

    [Theory, InlineData("safety"), InlineData("confidential")]
    public async Task A_lock_that_staff_set_hides_as_the_feeds_own_flag_does(string which)
    {
        var (guest, charge) = await Locked(which);
        var nurse = Somebody.As("nurse", guest.Unit);
        var board = await StandaloneHostFixture.Eventually(
            () => journey.Read<JsonElement>(nurse, $"{Api.Paths.Units}/{guest.Unit}/board"),
            b => b.GetProperty("rows")[0].TryGetProperty("withheld", out var withheld) && withheld.GetBoolean(), "the bed that is taken");
        foreach (var secret in new[] { "Verborgen", "Erika", guest.Patient, guest.Visit, "1970-05-04" })
            Assert.DoesNotContain(secret, board.GetRawText(), StringComparison.Ordinal);
        using (var refused = await journey.Ask(nurse, $"{Api.Paths.Visits}/{guest.VisitId}"))
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using (var refused = await journey.Ask(nurse, $"{Api.Paths.Visits}/{guest.VisitId}/timeline"))
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.DoesNotContain("Verborgen",
            (await journey.Read<JsonElement>(Somebody.As("family-liaison", guest.Unit),
                $"{Api.Paths.Lists}?addressee=role/family-liaison@{guest.Unit}")).GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain(guest.VisitId.ToString(), (await journey.Read<JsonElement>(nurse, Api.Paths.Alerts)).GetRawText(),
            StringComparison.Ordinal);
        await IsOnNoWallAndInNoSearch(guest);
        Assert.Equal(guest.Family + ", Erika", (await journey.Read<Api.Visit>(charge, $"{Api.Paths.Visits}/{guest.VisitId}")).Row.Patient.Name);
        using var lifted = await journey.Say(charge, $"{Api.Paths.Visits}/{guest.VisitId}/family/locks", new { @lock = which, on = false });
        await StandaloneHostFixture.Eventually(
            () => journey.Read<JsonElement>(nurse, $"{Api.Paths.Units}/{guest.Unit}/board"),
            b => b.GetRawText().Contains("Verborgen", StringComparison.Ordinal), "the name again");
    }

    [Fact]
    public async Task No_information_is_for_whoever_is_not_of_the_unit()
    {
        var (guest, _) = await Locked("no-information");
        Assert.Contains("Verborgen", await Seen(Somebody.As("nurse", guest.Unit), $"{Api.Paths.Units}/{guest.Unit}/board", guest),
            StringComparison.Ordinal);
        await IsOnNoWallAndInNoSearch(guest);
    }

    private async Task<(Guest Guest, Somebody Charge)> Locked(string which)
    {
        var guest = await journey.Comes(bed: "1", family: StandaloneHostFixture.Fresh("Verborgen"));
        var charge = Somebody.As("charge-nurse", guest.Unit);
        using var set = await journey.Say(charge, $"{Api.Paths.Visits}/{guest.VisitId}/family/locks",
            new { @lock = which, on = true, reason = "Somebody asks for them" });
        Assert.Equal(HttpStatusCode.OK, set.StatusCode);
        return (guest, charge);
    }

    private async Task IsOnNoWallAndInNoSearch(Guest guest)
    {
        var wall = Somebody.As("wall-display", guest.Unit);
        await StandaloneHostFixture.Eventually(
            () => journey.Read<JsonElement>(wall, $"{Api.Paths.Units}/{guest.Unit}/wall"),
            b => !b.GetRawText().Contains("Erika", StringComparison.Ordinal), "a wall without the name");
        foreach (var role in new[] { "nurse", "charge-nurse", "family-liaison" })
            Assert.Empty(await journey.Read<Api.FoundVisit[]>(Somebody.As(role, guest.Unit), $"{Api.Paths.Patients}?query={guest.Family}"));
    }

    [Fact]
    public async Task Without_a_bed_they_are_on_nobody_elses_board()
    {
        var guest = await journey.Comes(confidential: true);
        foreach (var (role, board) in new[] { ("nurse", "board"), ("operations-lead", "board"), ("wall-display", "wall") })
            Assert.Equal(0, (await journey.Read<JsonElement>(Somebody.As(role, guest.Unit), $"{Api.Paths.Units}/{guest.Unit}/{board}"))
                .GetProperty("rows").GetArrayLength());
    }

    [Fact]
    public async Task Out_of_the_unit_a_confidential_visit_and_none_are_answered_the_same()
    {
        var guest = await journey.Comes(confidential: true, bed: "1");
        var who = Somebody.As("nurse", "ELSEWHERE");
        foreach (var below in new[] { "", "/timeline", "/handoffs/draft" })
            Assert.Equal(await Answer(Guid.NewGuid(), below, null), await Answer(guest.VisitId, below, null));
        foreach (var (below, body) in new (string, object)[] { ("/touchpoints", new { kind = "contact" }),
            ("/family/code-word/check", new { word = "x" }), ("/family/contacts/" + Guid.Empty + "/link", new { }) })
            Assert.Equal(await Answer(Guid.NewGuid(), below, body), await Answer(guest.VisitId, below, body));
        Assert.Equal(0, (await journey.Read<JsonElement>(who, $"{Api.Paths.Visits}?number={guest.Visit}")).GetArrayLength());

        async Task<string> Answer(Guid visit, string below, object? body)
        {
            var path = $"{Api.Paths.Visits}/{visit}{below}";
            using var answer = body is null ? await journey.Ask(who, path) : await journey.Say(who, path, body);
            var headers = answer.Headers.Concat(answer.Content.Headers).Where(h => h.Key is not "Date").OrderBy(h => h.Key)
                .Select(h => $"{h.Key}: {string.Join(',', h.Value)}");
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            return string
                .Join('\n', [answer.StatusCode.ToString(), .. headers,
                    System.Text.RegularExpressions.Regex.Replace(text, "\"traceId\":\"[^\"]*\"", "")]);
        }
    }

    [Fact]
    public async Task A_search_finds_what_the_searcher_may_open()
    {
        var name = StandaloneHostFixture.Fresh("Suchwort");
        var (here, there) = (await journey.Comes(family: name), await journey.Comes(family: name));
        await journey.Comes(confidential: true, unit: here.Unit, family: name);
        var found = await journey.Read<Api.FoundVisit[]>(Somebody.As("nurse", here.Unit), $"{Api.Paths.Patients}?query={name}");
        Assert.Equal([here.VisitId], found.Select(f => f.VisitId));
        Assert.Equal(2,
            (await journey.Read<Api.FoundVisit[]>(Somebody.As("nurse", here.Unit, there.Unit), $"{Api.Paths.Patients}?query={name}")).Length);
    }

    [Fact]
    public async Task A_list_is_read_by_whom_it_is_addressed_to()
    {
        var (unit, nurse) = (StandaloneHostFixture.Fresh("U"), Somebody.As("nurse", "U"));
        var charge = Somebody.As("charge-nurse", unit);
        await Reads(nurse, nurse.Name, true);
        await Reads(charge, nurse.Name, false);
        await Reads(charge, $"role/charge-nurse@{unit}", true);
        await Reads(charge, "role/charge-nurse@ELSEWHERE", false);
        await Reads(nurse, "role/charge-nurse@U", false);
        await Reads(charge, "role/house-supervisor", false);
        await Reads(Somebody.As("charge-nurse", "*"), "role/house-supervisor", true);

        async Task Reads(Somebody who, string addressee, bool may)
        {
            using var answer = await journey.Ask(who, $"{Api.Paths.Lists}?addressee={Uri.EscapeDataString(addressee)}");
            Assert.Equal(may ? HttpStatusCode.OK : HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    private async Task<string> Seen(Somebody who, string path, Guest guest) => (await StandaloneHostFixture.Eventually(
        async () => (await journey.Read<JsonElement>(who, path)).GetRawText(),
        text => text.Contains(path.EndsWith("/wall", StringComparison.Ordinal) ? "\"visitId\":" : guest.VisitId.ToString(), StringComparison.Ordinal),
        "the patient on the board")).ToString();
}
