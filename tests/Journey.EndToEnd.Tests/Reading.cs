using System.Net.Http.Json;
using Journey.Api;

namespace Journey.EndToEnd.Tests;

/// <summary>Reads what anybody may read over HTTP.</summary>
internal static class Reading
{
    public static async Task<IReadOnlyList<Unit>> Units(this JourneyProcess journey) => await journey.Get<List<Unit>>(Paths.Units);

    public static async Task<IReadOnlyList<Board>> AllBoards(this JourneyProcess journey)
    {
        var boards = new List<Board>();
        foreach (var unit in await journey.Units()) boards.Add(await journey.Get<Board>(Paths.Unit(unit.Code) + "/board"));
        return boards;
    }

    public static Task<List<TimelineEntry>> Timeline(this JourneyProcess journey, Guid visit) =>
        journey.Get<List<TimelineEntry>>($"{Paths.Visits}/{visit}/timeline");

    public static Task<List<FoundVisit>> Numbered(this JourneyProcess journey, string number) =>
        journey.Get<List<FoundVisit>>($"{Paths.Visits}?number={Uri.EscapeDataString(number)}");

    /// <summary>The whole message log, oldest first.</summary>
    public static async Task<List<LoggedMessage>> Log(this JourneyProcess journey, long after = 0)
    {
        var log = new List<LoggedMessage>();
        long? before = null;
        while (true)
        {
            var page = await journey.Get<List<LoggedMessage>>($"{Paths.Messages}?count=200{(before is { } b ? $"&before={b}" : "")}");
            log.AddRange(page.Where(line => line.Sequence > after));
            if (page.Count < 200 || page[^1].Sequence <= after) break;
            before = page[^1].Sequence;
        }

        log.Reverse();
        return log;
    }

    /// <summary>What somebody owes, as they themselves read it; what a role owes, as whoever has it does.</summary>
    public static async Task<string> Owes(this JourneyProcess journey, string addressee)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Paths.Lists}?addressee={Uri.EscapeDataString(addressee)}");
        if (!addressee.StartsWith("role/", StringComparison.Ordinal)) request.Headers.Add(Paths.ActingAs, addressee);
        using var answer = await journey.Http.SendAsync(request);
        return await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
    }

    private static async Task<T> Get<T>(this JourneyProcess journey, string path)
    {
        using var answer = await journey.Http.GetAsync(path);
        if (!answer.IsSuccessStatusCode)
            Assert.Fail($"GET {path} answers {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}\n{journey.Output}");
        return (await answer.Content.ReadFromJsonAsync<T>())!;
    }
}
