using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;

namespace Journey.Gateway.Tests.Access;

/// <summary>Whose looking the privacy officer is told of, from the page that was opened to the judgement.</summary>
public sealed class SnoopingTests(SignedInHost journey)
{
    private static readonly Somebody Officer = Somebody.As("privacy-officer");

    [Fact]
    public async Task Who_opens_their_own_record_is_on_the_list_at_once_and_judged_with_one_tap_that_can_be_taken_back()
    {
        var (guest, nurse) = await Nurse("Erika Musterfrau");
        var seen = new TaskCompletionSource<Api.Finding>();
        await using var hub = journey.Hub(token: SignedIn.Token(Officer));
        hub.On<Api.FindingList>("FindingsChanged", list =>
        {
            if (list.Entries.FirstOrDefault(f => f.VisitId == guest.VisitId) is { } found) seen.TrySetResult(found);
        });
        await hub.StartAsync(TestContext.Current.CancellationToken);
        await hub.InvokeAsync<Api.FindingList>("WatchFindings", TestContext.Current.CancellationToken);

        await Opens(nurse, guest);
        var finding = await seen.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.Equal(("own-record", nurse.Name, nurse.Sub, guest.Unit, 1, (Api.FindingJudgement?)null),
            (finding.Rule, finding.By, finding.Account, finding.Unit, finding.Count, finding.Judgement));
        Assert.DoesNotContain(guest.Patient, JsonSerializer.Serialize(finding), StringComparison.OrdinalIgnoreCase);

        await Judges(finding.Id, "had-reason");
        Assert.Equal(("had-reason", Officer.Name), (await FindingsOf(guest)).Single().Judgement is { } j ? (j.Verdict, j.By) : default);
        await Judges(finding.Id, "open");
        Assert.Null((await FindingsOf(guest)).Single().Judgement);
        await Judges(finding.Id, "follow-up");
        Assert.Equal("follow-up", (await FindingsOf(guest)).Single().Judgement!.Verdict);

        var trail = (await journey.Read<Api.AuditPage>(Officer, $"{Api.Paths.Audit}?person={Officer.Sub}")).Entries;
        Assert.Equal(3, trail.Count(e => e.Operation.EndsWith("/judgement", StringComparison.Ordinal) && e.Detail == $"finding {finding.Id:D}"));
        Assert.Contains(trail, e => e is { Action: "read-audit", Operation: "GET " + Api.Paths.Findings + "/" });
        Assert.Contains(trail, e => e is { Action: "read-audit", Operation: "hub WatchFindings" });
    }

    [Fact]
    public async Task Nobody_judges_what_they_looked_at_themselves_and_nothing_but_what_there_is()
    {
        var (guest, nurse) = await Nurse("Erika Musterfrau");
        nurse = nurse with { Roles = ["nurse", "privacy-officer"] };
        await Opens(nurse, guest);
        var finding = Assert.Single(await Found(guest));
        foreach (var (who, id, verdict, status, code) in new[]
        {
            (nurse, finding.Id.ToString(), "had-reason", HttpStatusCode.Forbidden, "finding-own"),
            (Officer, Guid.NewGuid().ToString(), "had-reason", HttpStatusCode.NotFound, "finding-unknown"),
            (Officer, "nothing", "had-reason", HttpStatusCode.NotFound, "finding-unknown"),
            (Officer, finding.Id.ToString(), "guilty", HttpStatusCode.BadRequest, "invalid-request"),
        })
        {
            using var refused = await journey.Say(who, $"{Api.Paths.Findings}/{id}/judgement", new { verdict });
            Assert.Equal((status, code), (refused.StatusCode, await SignedInHost.Code(refused)));
        }

        Assert.Null((await FindingsOf(guest)).Single().Judgement);
    }

    [Theory]
    [InlineData("Max Musterfrau", null, "same-surname")]
    [InlineData("Musterfrau-Weber, Max", null, "same-surname")]
    [InlineData("Erika Musterfrau", "1970-05-04", "own-record")]
    // Born on another day she is somebody else, of the same name.
    [InlineData("Erika Musterfrau", "1985-01-01", "same-surname")]
    public async Task Who_bears_the_patients_name_is_told_of(string name, string? birthDate, string rule)
    {
        var (guest, nurse) = await Nurse(name, birthDate);
        await Opens(nurse, guest);
        Assert.Equal([rule], (await Found(guest)).Select(f => f.Rule));
    }

    [Fact]
    public async Task Whoever_is_responsible_has_another_name_or_is_a_system_is_not()
    {
        var (guest, nurse) = await Nurse("Max Musterfrau");
        await journey.SignsIn(nurse);
        var charge = Somebody.As("charge-nurse", guest.Unit).InSession() with { Name = "Moritz Musterfrau" };
        using (var given = await journey.Say(charge, $"{Api.Paths.Visits}/{guest.VisitId}/assignments",
            new { role = "nurse", name = $"employee/{nurse.Employee}" })) Assert.Equal(HttpStatusCode.OK, given.StatusCode);
        await Opens(nurse, guest);
        await Opens(charge, guest);
        await Opens(Somebody.As("nurse", guest.Unit).InSession(), guest);
        await Opens(Somebody.As("nurse", guest.Unit) with { Name = "Erika Musterfrau" }, guest);
        // What comes after all of them, and is found, says that they were weighed.
        await Opens(Somebody.As("nurse", guest.Unit).InSession() with { Name = "Marta Musterfrau" }, guest);
        Assert.Equal(["Marta Musterfrau"], (await Found(guest)).Select(f => f.By));
    }

    [Fact]
    public async Task The_history_alone_is_noticed_too_and_a_glass_on_a_hidden_patient()
    {
        var (guest, nurse) = await Nurse("Max Musterfrau");
        using (var answer = await journey.Ask(nurse, $"{Api.Paths.Visits}/{guest.VisitId}/timeline"))
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(["same-surname"], (await Found(guest)).Select(f => f.Rule));

        var hidden = await journey.Comes(confidential: true, bed: "1");
        var outside = Somebody.As("nurse", "ELSEWHERE").InSession();
        await journey.SignsIn(outside);
        using (var broken = await journey.Say(outside with { Units = [hidden.Unit] }, $"{Api.Paths.Visits}/{hidden.VisitId}/glass",
            new { reason = "emergency", note = "found on the floor" })) Assert.Equal(HttpStatusCode.OK, broken.StatusCode);
        await Opens(outside, hidden);
        // That it was broken only to look is not known for an hour.
        Assert.Equal(["hidden"], (await Found(hidden)).Select(f => f.Rule));
    }

    [Fact]
    public async Task Nothing_is_reckoned_of_fewer_than_a_handful()
    {
        var rules = (await journey.Read<Api.FindingList>(Officer, Api.Paths.Findings)).Rules;
        Assert.Equal(["volume", "same-surname", "own-record", "hidden", "after-care", "glass-unused", "browsing"], rules.Select(r => r.Key));
        Assert.All(rules, r => Assert.Equal(r.HadReason + r.FollowedUp < 5, r.Precision is null));
    }

    private async Task<(Hosts.Guest, Somebody)> Nurse(string name, string? birthDate = null)
    {
        var guest = await journey.Comes(bed: "1");
        return (guest, Somebody.As("nurse", guest.Unit).InSession(birthDate) with { Name = name });
    }

    private async Task Opens(Somebody who, Hosts.Guest guest)
    {
        using var answer = await journey.Ask(who, $"{Api.Paths.Visits}/{guest.VisitId}");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private async Task Judges(Guid finding, string verdict)
    {
        using var answer = await journey.Say(Officer, $"{Api.Paths.Findings}/{finding}/judgement", new { verdict });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private async Task<Api.Finding[]> FindingsOf(Hosts.Guest guest) =>
        [.. (await journey.Read<Api.FindingList>(Officer, Api.Paths.Findings)).Entries.Where(f => f.VisitId == guest.VisitId)];

    private Task<Api.Finding[]> Found(Hosts.Guest guest) => SignedInHost.Eventually(() => FindingsOf(guest), found => found.Length > 0, "a finding");
}
