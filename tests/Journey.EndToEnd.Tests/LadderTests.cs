using System.Collections.Concurrent;
using System.Text.Json;
using Journey.Api;
using Microsoft.AspNetCore.SignalR.Client;

namespace Journey.EndToEnd.Tests;

/// <summary>The escalation ladder in real time, with a pack whose minutes are seconds.</summary>
public sealed class LadderTests
{
    [Fact]
    public async Task An_alert_nobody_takes_climbs_from_its_nurse_to_the_charge_nurse_and_the_house_supervisor_until_somebody_does()
    {
        await using var journey = PolicyPack.Prepare(
            [("{ to: charge-nurse, after: 5 min }", "{ to: charge-nurse, after: 4 s }"),
                ("{ to: house-supervisor, after: 15 min }", "{ to: house-supervisor, after: 9 s }"),
                ("    warn: 20 min\n    max: 30 min\n    critical: 60 min\n    source: design choice\n    approvedBy: default\n\n  - key: "
                    + "question.answer.office",
                    "    warn: 2 s\n    max: 4 s\n    critical: 60 min\n    source: design choice\n    approvedBy: default\n\n  - key: "
                        + "question.answer.office")]);
        await journey.Start();
        var now = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        await new FeedLine(journey.MllpPort, CareScript.Feed([1], now.AddMinutes(-1))[..1]).Run();
        var visit = (await journey.Numbered(CareScript.Number(1))).Single().VisitId;
        await Post("assignments", new AssignmentRequest("nurse", "Nora Nightshade"));

        var changes = new ConcurrentQueue<Alert>();
        await using var hub = new HubConnectionBuilder()
            .WithUrl(new Uri(journey.Http.BaseAddress!, Paths.BoardHub), o => o.AccessTokenProvider = () => journey.Token()).Build();
        hub.On<AlertChange>(nameof(IBoardClient.AlertChanged), change =>
        {
            if (change.Alert.Rule == "question.answer") changes.Enqueue(change.Alert);
        });
        await hub.StartAsync();
        await hub.InvokeAsync<Board>(nameof(IBoardHub.WatchUnit), "ED");
        await Post("questions", new QuestionRequest(new("patient"), "clinical", "When may I eat?"));

        await Climbs("assigned", "Nora Nightshade");
        await Climbs("charge-nurse", "role/charge-nurse@ED");
        await Climbs("house-supervisor", "role/house-supervisor@ED");
        var rungs = changes.Where(a => a.EscalatedTo is not null).GroupBy(a => a.EscalatedTo!)
            .Select(g => (Rung: g.Key, At: g.First().EscalatedAt!.Value)).ToList();
        Assert.Equal(["assigned", "charge-nurse", "house-supervisor"], rungs.Select(r => r.Rung));
        Assert.True(rungs[1].At - rungs[0].At >= TimeSpan.FromSeconds(3.9)
            && rungs[2].At - rungs[0].At >= TimeSpan.FromSeconds(8.9), string.Join(", ", rungs));

        var alert = changes.Last();
        await Post($"alerts/{alert.Id}/acknowledge", new AcknowledgeRequest(DateTimeOffset.UtcNow.AddMinutes(10)), by: "Dana Overbrook");
        await Eventually.Holds(async () =>
            (await On("role/house-supervisor@ED") == 0 && await On("Dana Overbrook") == 1, $"{await On("Dana Overbrook")} on her list"),
            TimeSpan.FromSeconds(20), () => journey.Output);
        Assert.Single(changes.Select(a => a.Id).Distinct());

        async Task Climbs(string rung, string list) => await Eventually.Holds(
            async () => (changes.Any(a => a.EscalatedTo == rung)
                && await On(list) > 0,
                $"{string.Join(" ", changes.Select(a => $"{a.State}/{a.Severity}/{a.EscalatedTo}"))}; {await On(list)} on {list}"),
            TimeSpan.FromSeconds(40), () => journey.Output, TimeSpan.FromMilliseconds(50));

        async Task<int> On(string addressee) =>
            JsonSerializer.Deserialize<OwedList>(await journey.Owes(addressee), JsonSerializerOptions.Web)!.Items
            .Count(i => i.Owed.Detail is "question.answer" or "clinical");

        Task Post(string path, object body, string by = "Nora Nightshade") => journey.Do($"{Paths.Visits}/{visit}/{path}", body, by);
    }
}
