using System.Net;
using System.Text.Json;
using Journey.Contracts;
using Journey.Contracts.Alerts;
using Journey.Contracts.Visits;
using Journey.Gateway.Live.Boards;
using Journey.Gateway.Live.Views;
using Journey.Gateway.Tests.Boards;
using Journey.Gateway.Tests.Hosts;
using Journey.Gateway.Trust.Access;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace Journey.Gateway.Tests.Access;

/// <summary>Whoever looks after families learns who, where, how long, and what is between house and family; nothing of how ill somebody is.</summary>
public sealed class LiaisonTests(SignedInHost journey)
{
    /// <summary>What of a visit is clinical, each as its view would say it.</summary>
    private static readonly string[] Clinical =
        ["Sepsiskandidat", "Aktionspunkt", "Achtsamkeit", "Rücklesung", "Rückfrage", "Schmerzrunde", "Hausdienst", "Bauchgrimmen", "Acuity",
            "\"acuity\":2", "acuitySaid\":{", "ESI", "Treatment room", "watcher", "pain 7"];

    private static readonly string[] Needed = ["Musterfrau", "Wann ist es so weit?", "Eine Decke", "Lee Moss"];

    public static TheoryData<string> Views =>
        ["visit", "timeline", "board", "watched board", "alerts", "list", "watched list", "search", "by number", "hotline", "totals"];

    [Theory, MemberData(nameof(Views))]
    public async Task No_view_of_the_liaison_holds_what_is_clinical(string view)
    {
        var (guest, nurse, liaison) = await Told();
        var text = await Read(view, guest, liaison);
        Assert.All(Clinical, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        if (view is "visit" or "timeline") Assert.All(Needed[1..], needed => Assert.Contains(needed, text, StringComparison.Ordinal));
        if (view is "visit" or "board" or "search") Assert.Contains("Musterfrau", text, StringComparison.Ordinal);
        if (view is not ("visit" or "timeline" or "board")) return;
        var nurses = await Read(view, guest, nurse);
        Assert.Contains(view == "timeline" ? "Rücklesung" : "\"acuity\":2", nurses, StringComparison.Ordinal);
        if (view == "visit")
            Assert.All(["Sepsiskandidat", "Schmerzrunde", "Hausdienst", "Bauchgrimmen"],
                clinical => Assert.Contains(clinical, nurses, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_liaison_works_with_is_there()
    {
        var (guest, _, liaison) = await Told();
        var visit = await journey.Read<Api.Visit>(liaison, $"{Api.Paths.Visits}/{guest.VisitId}");
        Assert.Equal(("1", "present", "accepted"),
            (visit.Row.Bed, visit.Row.Status, Assert.Single(visit.Care.Handoffs, h => h.State == "accepted").State));
        Assert.Equal("Wann ist es so weit?", Assert.Single(visit.Care.Questions).Text);
        Assert.Equal("Eine Decke", Assert.Single(visit.Care.Promises).What);
        Assert.Equal("Lee Moss", Assert.Single(visit.Care.Contacts).Name);
        Assert.NotNull(visit.Row.ArrivedAt);
        Assert.NotNull(visit.Row.Nurse);
        Assert.NotEmpty(visit.Stays);
        using var draft = await journey.Ask(liaison, $"{Api.Paths.Visits}/{guest.VisitId}/handoffs/draft");
        Assert.Equal(HttpStatusCode.Forbidden, draft.StatusCode);
    }

    [Fact]
    public void The_liaison_is_called_by_families_clocks_alone()
    {
        AlertView[] alerts = [.. new[] { "touchpoint", "handoff", "owner", "family", "question", "request", "privacy" }.Select(kind => new AlertView(
            Guid.NewGuid(), "esi.room", kind, "Treatment room (ESI 1 and 2)", Severity.Warning, AlertState.Raised, DateTimeOffset.UnixEpoch,
            DateTimeOffset.UnixEpoch, null, null, null, null, null, null))];
        Assert.Equal(["family", "question", "request", "privacy"], RowViews.Alerts([.. alerts], Audience.Liaison).Select(a => a.Kind));
        Assert.Equal(7, RowViews.Alerts([.. alerts], Audience.Desk).Count);
        var row = new VisitRow { Visit = BoardStateTests.Id(1), Unit = "ED", Status = VisitStatus.Present, Alerts = [.. alerts] };
        var step = BoardStep.To(BoardState.From(new("ED", "ED", Guid.Empty, 1, DateTimeOffset.UnixEpoch, [], [])),
            BoardState.From(new("ED", "ED", Guid.Empty, 2, DateTimeOffset.UnixEpoch, [row], [])));
        Assert.Equal(4, BoardViews.Alerts(step, Audience.Liaison).Count());
    }

    [Fact]
    public async Task Whoever_is_a_nurse_too_sees_as_a_nurse()
    {
        var (guest, _, _) = await Told();
        var both = Somebody.As("family-liaison", guest.Unit) with { Roles = ["family-liaison", "nurse"] };
        Assert.Contains("Sepsiskandidat", await Read("visit", guest, both), StringComparison.Ordinal);
        Assert.Contains("\"acuity\":2", await Read("board", guest, both), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_confidential_patient_is_named_to_the_liaison_who_is_their_point_of_contact_and_to_no_other()
    {
        var guest = await journey.Comes(confidential: true, bed: "1");
        var (charge, liaison, other) =
            (Somebody.As("charge-nurse", guest.Unit), Somebody.As("family-liaison", guest.Unit), Somebody.As("family-liaison", guest.Unit));
        await journey.SignsIn(liaison);
        await Say(charge, guest, "assignments", new { role = "point-of-contact", name = liaison.Name });
        Assert.Equal("Musterfrau, Erika", (await journey.Read<Api.Visit>(liaison, $"{Api.Paths.Visits}/{guest.VisitId}")).Row.Patient.Name);
        using var refused = await journey.Ask(other, $"{Api.Paths.Visits}/{guest.VisitId}");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        var row = Assert.Single((await journey.Read<Api.Board>(other, $"{Api.Paths.Units}/{guest.Unit}/board")).Rows);
        Assert.Equal(("Confidential", true), (row.Patient.Name, row.Withheld));
    }

    [Fact]
    public async Task What_is_recorded_of_care_is_not_theirs_to_take_back()
    {
        var (guest, nurse, liaison) = await Told();
        var visit = $"{Api.Paths.Visits}/{guest.VisitId}";
        var done = Assert.Single(await journey.Read<Api.TimelineEntry[]>(nurse, visit + "/timeline"), e => e.Kind == "Assigned" && e.CanUndo);
        Assert.DoesNotContain(await journey.Read<Api.TimelineEntry[]>(liaison, visit + "/timeline"), e => e.CommandId == done.CommandId && e.CanUndo);
        using (var refused = await journey.Say(liaison, visit + "/undo", new { commandId = done.CommandId }))
            Assert.Equal((HttpStatusCode.Forbidden, "access-denied"), (refused.StatusCode, await SignedInHost.Code(refused)));
        using var taken = await journey.Say(nurse, visit + "/undo", new { commandId = done.CommandId });
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
    }

    [Fact]
    public async Task A_wall_is_not_theirs_for_its_targets_follow_from_acuity()
    {
        var (guest, _, liaison) = await Told();
        using var wall = await journey.Ask(liaison, $"{Api.Paths.Units}/{guest.Unit}/wall");
        Assert.Equal(HttpStatusCode.Forbidden, wall.StatusCode);
        await using var hub = journey.Hub(token: SignedIn.Token(liaison));
        await hub.StartAsync(TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<HubException>(() => hub.InvokeAsync<JsonElement>("WatchWall", guest.Unit, TestContext.Current.CancellationToken));
    }

    private async Task<string> Read(string view, Guest guest, Somebody who)
    {
        var visit = $"{Api.Paths.Visits}/{guest.VisitId}";
        return view switch
        {
            "visit" => await Get(visit),
            "timeline" => await Get(visit + "/timeline"),
            "board" => await Get($"{Api.Paths.Units}/{guest.Unit}/board"),
            "watched board" => await Watched("WatchUnit", guest.Unit),
            "alerts" => await Get(Api.Paths.Alerts),
            "list" => await Get($"{Api.Paths.Lists}?addressee=role/family-liaison@{guest.Unit}"),
            "watched list" => await Watched("WatchList", $"role/family-liaison@{guest.Unit}"),
            "search" => await Get($"{Api.Paths.Patients}?query={guest.Patient}"),
            "by number" => await Get($"{Api.Paths.Visits}?number={guest.Visit}"),
            "hotline" => await Get(Api.Paths.Hotline),
            _ => await Get(Api.Paths.Units),
        };

        async Task<string> Get(string path) =>
            System.Text.RegularExpressions.Regex.Unescape((await journey.Read<JsonElement>(who, path)).GetRawText());

        async Task<string> Watched(string method, string what)
        {
            await using var hub = journey.Hub(token: SignedIn.Token(who));
            await hub.StartAsync(TestContext.Current.CancellationToken);
            return System.Text.RegularExpressions.Regex
                .Unescape((await hub.InvokeAsync<JsonElement>(method, what, TestContext.Current.CancellationToken)).GetRawText());
        }
    }

    /// <summary>A visit with something of everything, said by its nurse.</summary>
    private async Task<(Guest Guest, Somebody Nurse, Somebody Liaison)> Told()
    {
        var guest = new Guest(StandaloneHostFixture.Fresh("P"), StandaloneHostFixture.Fresh("V"), StandaloneHostFixture.Fresh("U"),
            "Musterfrau", "Erika");
        await journey.Send(guest.Message("A04", bed: "1")
            .Replace("^^^Dr||||||||||||", "^^^Dr|||Hausdienst|||||||||", StringComparison.Ordinal) + "PV2|||^Bauchgrimmen\r");
        var rows = await journey.ByNumber(guest.Visit);
        guest = guest with { VisitId = rows };
        var (nurse, next, liaison) = (Somebody.As("nurse", guest.Unit), Somebody.As("nurse", guest.Unit), Somebody.As("family-liaison", guest.Unit));
        foreach (var who in new[] { nurse, next, liaison }) await journey.SignsIn(who);
        await Say(nurse, guest, "assignments", new { role = "nurse", name = nurse.Name });
        await Say(nurse, guest, "touchpoints", new { kind = "acuity", acuity = 3 });
        await Say(nurse, guest, "touchpoints", new { kind = "acuity", acuity = 2 });
        await Say(nurse, guest, "rounds", new { pain = 7, note = "Schmerzrunde" });
        await Say(nurse, guest, "questions",
            new { asker = new { kind = "family", name = "Lee Moss" }, kind = "clinical", text = "Wann ist es so weit?" });
        await Say(nurse, guest, "promises", new { what = "Eine Decke", dueAt = DateTimeOffset.UtcNow.AddHours(1) });
        await Say(nurse, guest, "family/contacts", new { name = "Lee Moss", consent = "progress" });
        var content = new
        {
            illness = "watcher, Sepsiskandidat", summary = "Sepsiskandidat", actions = new[] { "Aktionspunkt" },
            awareness = "Achtsamkeit"
        };
        await Say(nurse, guest, "handoffs", new { to = next.Name, content });
        var offered = await Open(nurse, guest);
        await Say(next, guest, $"handoffs/{offered}/return", new { question = "Rückfrage" });
        await Say(nurse, guest, "handoffs", new { to = next.Name, content });
        await Say(next, guest, $"handoffs/{await Open(nurse, guest)}/accept", new { synthesis = "Rücklesung" });
        await Say(next, guest, "handoffs", new { to = nurse.Name, content });
        await StandaloneHostFixture.Eventually(
            () => journey.Read<JsonElement>(nurse, $"{Api.Paths.Units}/{guest.Unit}/board"),
            b => b.GetRawText().Contains("\"acuity\":2", StringComparison.Ordinal), "the board knows the acuity");
        return (guest, nurse, liaison);
    }

    private async Task<Guid> Open(Somebody nurse, Guest guest) =>
        (await journey.Read<Api.Visit>(nurse, $"{Api.Paths.Visits}/{guest.VisitId}")).Care.Handoffs.First(h => h.State is "offered" or "returned").Id;

    private async Task Say(Somebody who, Guest guest, string path, object body)
    {
        using var answer = await journey.Say(who, $"{Api.Paths.Visits}/{guest.VisitId}/{path}", body);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
    }
}
