using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace Journey.Gateway.Tests.Access;

/// <summary>On what ground somebody was let in, or that they were not: as the trail tells it.</summary>
public sealed class AuthorityTests(SignedInHost journey)
{
    private static readonly Somebody Officer = Somebody.As("privacy-officer");

    [Fact]
    public async Task An_entry_says_what_let_the_reader_in()
    {
        var guest = await journey.Comes();
        var visit = $"{Api.Paths.Visits}/{guest.VisitId}";
        var (own, assigned, stranger) = (Somebody.As("nurse", guest.Unit), Somebody.As("nurse", "ELSEWHERE"), Somebody.As("nurse", "ELSEWHERE"));
        await journey.SignsIn(assigned);
        using (await journey.Say(own, visit + "/assignments", new { role = "nurse", name = assigned.Name })) { }
        using (await journey.Say(stranger, visit + "/glass", new { reason = "emergency", note = "needed" })) { }

        foreach (var who in new[] { own, assigned, stranger }) await journey.Read<Api.Visit>(who, visit);

        Assert.Equal($"nurse@{guest.Unit}", await Authority(own));
        Assert.Equal("assigned", await Authority(assigned));
        var grant = Assert.Single((await journey.Read<Api.GlassList>(Officer, Api.Paths.Glass)).Entries, e => e.VisitId == guest.VisitId).Grant;
        Assert.Equal($"break-the-glass/{grant:N}", await Authority(stranger));

        async Task<string?> Authority(Somebody who) => Assert.Single((await Entries($"person={who.Sub}&action=read-visit")).Entries).Authority;
    }

    [Fact]
    public async Task What_the_hub_refuses_is_an_entry()
    {
        var guest = await journey.Comes();
        var nurse = Somebody.As("nurse", "ELSEWHERE");
        await using var hub = journey.Hub(token: SignedIn.Token(nurse));
        await hub.StartAsync(TestContext.Current.CancellationToken);

        await Refused("WatchUnit", guest.Unit);
        await Refused("WatchWall", guest.Unit);
        await Refused("WatchList", "role/charge-nurse@" + guest.Unit);
        await Refused("WatchGlass");

        var entries = (await Entries($"person={nurse.Sub}")).Entries.Where(e => e.Operation.StartsWith("hub ", StringComparison.Ordinal))
            .Reverse().ToList();
        Assert.Equal(
            [("hub WatchUnit", "refused", guest.Unit), ("hub WatchWall", "refused", guest.Unit), ("hub WatchList", "refused", null),
                ("hub WatchGlass", "refused", null)],
            entries.Select(e => (e.Operation, e.Outcome, e.Unit)));

        async Task Refused(string method, params object[] arguments)
        {
            var refused =
                await Assert.ThrowsAsync<HubException>(() => hub.InvokeCoreAsync<object>(method, arguments, TestContext.Current.CancellationToken));
            Assert.Contains("access-denied", refused.Message, StringComparison.Ordinal);
        }
    }

    private Task<Api.AuditPage> Entries(string query) => journey.Read<Api.AuditPage>(Officer, $"{Api.Paths.Audit}?{query}");
}
