using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.SignalR.Client;

namespace Journey.Gateway.Tests.Access;

/// <summary>Breaking the glass, from the refusal to the review.</summary>
public sealed class GlassHttpTests(SignedInHost journey)
{
    private static readonly Somebody Officer = Somebody.As("privacy-officer");

    [Fact]
    public async Task Who_gives_a_reason_is_let_in_seen_at_once_and_reviewed()
    {
        var guest = await journey.Comes(bed: "1");
        var nurse = Somebody.As("nurse", "ELSEWHERE");
        var visit = $"{Api.Paths.Visits}/{guest.VisitId}";
        using (var refused = await journey.Ask(nurse, visit))
            Assert.Equal((HttpStatusCode.Forbidden, "glass-required"), (refused.StatusCode, await SignedInHost.Code(refused)));

        var seen = new TaskCompletionSource<Api.GlassEntry>();
        await using var hub = journey.Hub(token: SignedIn.Token(Officer));
        hub.On<Api.GlassList>("GlassChanged", list =>
        {
            if (list.Entries.FirstOrDefault(e => e.VisitId == guest.VisitId && e.State == "opened") is { } entry) seen.TrySetResult(entry);
        });
        await hub.StartAsync(TestContext.Current.CancellationToken);
        await hub.InvokeAsync<Api.GlassList>("WatchGlass", TestContext.Current.CancellationToken);

        var terms = await journey.Read<Api.GlassTerms>(nurse, Api.Paths.Glass + "/terms");
        using (var broken = await journey.Say(nurse, visit + "/glass", new { reason = terms.Reasons[0].Key, note = "found on the floor" }))
            Assert.Equal(HttpStatusCode.OK, broken.StatusCode);
        var opened = await journey.Read<Api.Visit>(nurse, visit);
        Assert.Equal(TimeSpan.FromMinutes(terms.Minutes), opened.Glass!.Until - opened.Glass.At);
        Assert.Equal((terms.Reasons[0].Key, "Musterfrau, Erika"), (opened.Glass.Reason, opened.Row.Patient.Name));
        Assert.False(Assert.Single(await journey.Read<Api.TimelineEntry[]>(nurse, visit + "/timeline"), e => e.Kind == "GlassBroken").CanUndo);
        using (var another = await journey.Ask(Somebody.As("nurse", "ELSEWHERE"), visit)) Assert.Equal(HttpStatusCode.Forbidden, another.StatusCode);
        Assert.Null((await journey.Read<Api.Visit>(Somebody.As("nurse", guest.Unit), visit)).Glass);

        var entry = await seen.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.Equal((nurse.Name, guest.Unit, "found on the floor", null), (entry.By, entry.Unit, entry.Note, entry.Review));
        using (var reviewed = await journey.Say(Officer, $"{Api.Paths.Glass}/{entry.Grant}/review", new { verdict = "follow-up", remark = "asked" }))
            Assert.Equal(HttpStatusCode.OK, reviewed.StatusCode);
        var listed = Assert.Single((await journey.Read<Api.GlassList>(Officer, Api.Paths.Glass)).Entries, e => e.Grant == entry.Grant);
        Assert.Equal(("follow-up", Officer.Name, "asked"), (listed.Review!.Verdict, listed.Review.By, listed.Review.Remark));
    }

    [Fact]
    public async Task A_reason_is_one_of_the_policys()
    {
        var guest = await journey.Comes();
        using var answer = await journey
            .Say(Somebody.As("nurse", "ELSEWHERE"), $"{Api.Paths.Visits}/{guest.VisitId}/glass", new { reason = "curious", note = "to see" });
        Assert.Equal((HttpStatusCode.Conflict, "glass-reason-unknown"), (answer.StatusCode, await SignedInHost.Code(answer)));
    }

    [Fact]
    public async Task Glass_is_no_way_to_a_part_that_stays_nor_to_lift_a_lock()
    {
        var guest = await journey.Comes(bed: "1");
        var nurse = Somebody.As("nurse", "ELSEWHERE");
        await journey.SignsIn(nurse);
        var visit = $"{Api.Paths.Visits}/{guest.VisitId}";
        using (await journey.Say(nurse, visit + "/glass", new { reason = "emergency", note = "found on the floor" })) { }
        foreach (var (path, body) in new (string, object)[]
        {
            ("/assignments", new { role = "nurse", name = nurse.Name }), ("/family/locks", new { @lock = "safety", on = false }),
            ("/questions", new { asker = new { kind = "staff" }, kind = "clinical", text = "What now?", owner = nurse.Name }),
            ("/promises", new { what = "A blanket", toWhom = "them", owner = nurse.Name, dueAt = DateTimeOffset.UtcNow.AddMinutes(30) }),
            ("/handoffs", new { role = "nurse", to = nurse.Name, content = new { illness = "stable", summary = "x" } }),
        })
        {
            using var refused = await journey.Say(nurse, visit + path, body);
            Assert.Equal((HttpStatusCode.Forbidden, "access-denied"), (refused.StatusCode, await SignedInHost.Code(refused)));
        }

        // What was set a moment ago cannot be taken back by way of it either.
        var charge = Somebody.As("charge-nurse", guest.Unit);
        using var set = await journey.Say(charge, visit + "/family/locks", new { @lock = "safety", on = true, reason = "Somebody asks for them" });
        var command = (await set.Content.ReadFromJsonAsync<Api.CommandResult>(TestContext.Current.CancellationToken))!.CommandId;
        using (var refused = await journey.Say(nurse, visit + "/undo", new { commandId = command }))
            Assert.Equal((HttpStatusCode.Forbidden, "access-denied"), (refused.StatusCode, await SignedInHost.Code(refused)));
        using (var taken = await journey.Say(charge, visit + "/undo", new { commandId = command })) Assert.Equal(HttpStatusCode.OK, taken.StatusCode);

        using var seen = await journey.Say(nurse, visit + "/touchpoints", new { kind = "contact" });
        Assert.Equal(HttpStatusCode.OK, seen.StatusCode);
    }

    [Fact]
    public async Task Words_of_ones_own_are_asked_for_and_an_unknown_visit_leaves_no_line()
    {
        var guest = await journey.Comes();
        var nurse = Somebody.As("nurse", "ELSEWHERE");
        var before = (await journey.Read<Api.GlassList>(Officer, Api.Paths.Glass)).Entries.Select(e => e.Grant).ToHashSet();
        using (var silent = await journey.Say(nurse, $"{Api.Paths.Visits}/{guest.VisitId}/glass", new { reason = "emergency" }))
            Assert.Equal(HttpStatusCode.BadRequest, silent.StatusCode);
        using (var unknown = await journey.Say(nurse, $"{Api.Paths.Visits}/{Guid.NewGuid()}/glass", new { reason = "emergency", note = "needed" }))
            Assert.Equal((HttpStatusCode.NotFound, "visit-unknown"), (unknown.StatusCode, await SignedInHost.Code(unknown)));
        Assert.DoesNotContain((await journey.Read<Api.GlassList>(Officer, Api.Paths.Glass)).Entries, e => !before.Contains(e.Grant)
            && e.By == nurse.Name);
    }

    [Fact]
    public async Task Whoever_opens_one_after_the_other_is_seen_at_once_and_stopped()
    {
        var nurse = Somebody.As("nurse", "ELSEWHERE");
        var seen = new TaskCompletionSource<Api.GlassVolume>();
        await using var hub = journey.Hub(token: SignedIn.Token(Officer));
        hub.On<Api.GlassList>("GlassChanged", list =>
        {
            if (list.Volumes.FirstOrDefault(v => v.By == nurse.Name) is { } volume) seen.TrySetResult(volume);
        });
        await hub.StartAsync(TestContext.Current.CancellationToken);
        await hub.InvokeAsync<Api.GlassList>("WatchGlass", TestContext.Current.CancellationToken);
        var (opened, stopped) = (0, 0);
        for (var n = 0; n < 20; n++)
        {
            var guest = await journey.Comes();
            using var answer = await journey.Say(nurse, $"{Api.Paths.Visits}/{guest.VisitId}/glass", new { reason = "emergency", note = "needed" });
            if (answer.StatusCode == HttpStatusCode.OK) opened++;
            else if (answer.StatusCode == HttpStatusCode.TooManyRequests && await SignedInHost.Code(answer) == "glass-limit") stopped++;
        }

        Assert.Equal((10, 10), (opened, stopped));
        Assert.Equal(4, (await seen.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken)).Count);
        Assert.Equal((10, true), Assert.Single((await journey.Read<Api.GlassList>(Officer, Api.Paths.Glass)).Volumes,
            v => v.By == nurse.Name) is var now ? (now.Count, now.IsLimit) : default);
        var trail = (await journey.Read<Api.AuditPage>(Officer, $"/api/v1/audit?person={nurse.Sub}&action=break-glass&count=100")).Entries;
        Assert.Equal(10, trail.Count(e => e.Outcome == "refused"));
        Assert.Contains(trail, e => e.Says == $"{nurse.Name} broke the glass 10 times within an hour, more than is usual.");
    }

    [Fact]
    public async Task Nobody_reviews_what_they_did_themselves()
    {
        var guest = await journey.Comes();
        var both = Officer with { Name = "Invented Both", Sub = "sub-both", Roles = ["nurse", "privacy-officer"] };
        using var broken = await journey.Say(both, $"{Api.Paths.Visits}/{guest.VisitId}/glass", new { reason = "emergency", note = "needed" });
        var entry = Assert.Single((await journey.Read<Api.GlassList>(both, Api.Paths.Glass)).Entries, e => e.VisitId == guest.VisitId);
        using var reviewed = await journey.Say(both, $"{Api.Paths.Glass}/{entry.Grant}/review", new { verdict = "justified" });
        Assert.Equal((HttpStatusCode.Forbidden, "glass-own"), (reviewed.StatusCode, await SignedInHost.Code(reviewed)));
    }
}
