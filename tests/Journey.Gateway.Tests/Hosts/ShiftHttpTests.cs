using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Journey.Gateway.Tests.Hosts;

/// <summary>Shifts, staff and rules through the public contract: who and where they are of, and what comes of the end of a shift.</summary>
public class ShiftHttpTests(StandaloneHostFixture journey)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_end_of_a_shift_with_patients_asks_for_the_handoff_and_else_leaves_them_without_a_nurse()
    {
        var guest = await journey.Arrived();
        var (name, unit) = (StandaloneHostFixture.Fresh("Nurse "), guest.Unit);
        await Ok(await journey.Http.PostAsJsonAsync("/api/v1/shifts", new { name, role = "nurse", unit }, Stop));
        await Ok(await journey.Http.PostAsJsonAsync($"/api/v1/visits/{guest.VisitId}/assignments", new { role = "nurse", name }, Stop));
        await StandaloneHostFixture.Eventually(() => journey.Get($"/api/v1/units/{unit}/board"),
            b => b.GetProperty("rows")[0].GetProperty("nurse").ValueKind == JsonValueKind.String, "the nurse on the board");

        var asked = await journey.Http.PostAsJsonAsync("/api/v1/shifts/end", new { name, role = "nurse", unit }, Stop);
        var problem = await Json(asked);
        Assert.Equal((HttpStatusCode.Conflict, "shift-has-patients", 1),
            (asked.StatusCode, Text(problem, "code"), problem.GetProperty("patients").GetInt32()));
        Assert.Equal(1, (await journey.Get($"/api/v1/shifts?unit={unit}")).GetArrayLength());

        using var end = new HttpRequestMessage(HttpMethod.Post,
            "/api/v1/shifts/end")
        { Content = JsonContent.Create(new { name, role = "nurse", unit, leavePatients = true }) };
        end.Headers.Add(Api.Paths.ActingAs, "Ida Roy");
        end.Headers.Add(Api.Paths.IdempotencyKey, name);
        Assert.Equal(("accepted", $"The shift of {name} has ended. 1 patient has no nurse from now on."), await Said(end));
        await StandaloneHostFixture.Eventually(() => journey.Get($"/api/v1/units/{unit}/board"),
            b => b.GetProperty("rows")[0].GetProperty("nurse").ValueKind == JsonValueKind.Null, "nobody is the nurse");
        foreach (var (key, outcome) in new[] { (name, "repeated"), (name + "2", "unchanged") })
        {
            using var again = new HttpRequestMessage(HttpMethod.Post,
                "/api/v1/shifts/end")
            { Content = JsonContent.Create(new { name, role = "nurse", unit, leavePatients = true }) };
            again.Headers.Add(Api.Paths.ActingAs, "Ida Roy");
            again.Headers.Add(Api.Paths.IdempotencyKey, key);
            Assert.Equal((outcome, $"The shift of {name} had already ended; nothing was changed now."), await Said(again));
        }
        var line = (await journey.Get($"/api/v1/visits/{guest.VisitId}/timeline")).EnumerateArray().Single(l => Text(l, "kind") == "NurseWentOff");
        Assert.Equal(($"{name} went off duty: no nurse", "Ida Roy", false),
            (Text(line, "text"), Text(line, "by"), line.GetProperty("canUndo").GetBoolean()));
        Assert.Contains("visit.unowned", (await journey.Get($"/api/v1/visits/{guest.VisitId}")).GetProperty("clocks").GetRawText(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shift_that_is_cut_short_asks_for_the_handoff_as_its_end_does()
    {
        var guest = await journey.Arrived();
        var (name, unit) = (StandaloneHostFixture.Fresh("Nurse "), guest.Unit);
        await Ok(await journey.Http.PostAsJsonAsync("/api/v1/shifts", new { name, role = "nurse", unit }, Stop));
        await Ok(await journey.Http.PostAsJsonAsync($"/api/v1/visits/{guest.VisitId}/assignments", new { role = "nurse", name }, Stop));
        await StandaloneHostFixture.Eventually(() => journey.Get($"/api/v1/units/{unit}/board"),
            b => b.GetProperty("rows")[0].GetProperty("nurse").ValueKind == JsonValueKind.String, "the nurse on the board");
        var begun = (await journey.Get($"/api/v1/shifts?unit={unit}"))[0].GetProperty("from").GetDateTimeOffset();
        foreach (var until in new[] { begun.AddMinutes(-1), begun.AddHours(1) })
        {
            var asked = await journey.Http
                .PostAsJsonAsync("/api/v1/shifts", new { name, role = "nurse", unit, from = begun.AddHours(-2), until }, Stop);
            Assert.Equal((HttpStatusCode.Conflict, "shift-has-patients"), (asked.StatusCode, Text(await Json(asked), "code")));
        }

        Assert.Equal(begun, (await journey.Get($"/api/v1/shifts?unit={unit}"))[0].GetProperty("from").GetDateTimeOffset());
        await Ok(await journey.Http.PostAsJsonAsync("/api/v1/shifts", new { name, role = "nurse", unit, until = begun.AddHours(13) }, Stop));
        await Ok(await journey.Http.PostAsJsonAsync("/api/v1/shifts",
            new { name, role = "nurse", unit, until = begun.AddHours(1), leavePatients = true }, Stop));
        Assert.Equal(begun.AddHours(1), (await journey.Get($"/api/v1/shifts?unit={unit}"))[0].GetProperty("until").GetDateTimeOffset());
    }

    [Fact]
    public async Task A_shift_that_is_said_again_is_the_same()
    {
        var (name, unit) = (StandaloneHostFixture.Fresh("Nurse "), (await journey.Arrived()).Unit);
        var outcomes = new List<string?>();
        foreach (var typed in new[] { name, name.Replace(" ", "  ", StringComparison.Ordinal), name.Replace(" ", "  ", StringComparison.Ordinal) })
            outcomes.Add(Text(await Json(await journey.Http.PostAsJsonAsync("/api/v1/shifts", new { name = typed, role = "nurse", unit }, Stop)),
                "outcome"));
        Assert.Equal(["accepted", "unchanged", "unchanged"], outcomes);
        Assert.Equal(1, (await journey.Get($"/api/v1/shifts?unit={unit}")).GetArrayLength());
    }

    private async Task<(string?, string?)> Said(HttpRequestMessage request)
    {
        var answer = await Json(await journey.Http.SendAsync(request, Stop));
        return (Text(answer, "outcome"), Text(answer, "says"));
    }

    [Fact]
    public async Task Who_is_still_on_duty_otherwise_keeps_their_patients()
    {
        var guest = await journey.Arrived();
        var (name, unit) = (StandaloneHostFixture.Fresh("Nurse "), guest.Unit);
        foreach (var role in new[] { "nurse", "charge-nurse" })
            await Ok(await journey.Http.PostAsJsonAsync("/api/v1/shifts", new { name, role, unit }, Stop));
        await Ok(await journey.Http.PostAsJsonAsync($"/api/v1/visits/{guest.VisitId}/assignments", new { role = "nurse", name }, Stop));
        await Ok(await journey.Http.PostAsJsonAsync("/api/v1/shifts/end", new { name, role = "nurse", unit }, Stop));
        Assert.Equal(name, Text((await journey.Get($"/api/v1/visits/{guest.VisitId}")).GetProperty("row"), "nurse"));
    }

    [Fact]
    public async Task Shifts_and_staff_are_kept()
    {
        var (name, unit) = (StandaloneHostFixture.Fresh("Nurse "), (await journey.Arrived()).Unit);
        await Ok(await journey.Http.PostAsJsonAsync("/api/v1/staff", new { name, roles = new[] { "nurse" }, units = new[] { unit } }, Stop));
        await Ok(await journey.Http.PostAsJsonAsync("/api/v1/shifts", new { name, role = "nurse", unit }, Stop));
        Assert.Equal(name, Text((await journey.Get($"/api/v1/shifts?unit={unit}"))[0], "name"));
        await Ok(await journey.Http.PostAsJsonAsync("/api/v1/shifts/end", new { name, role = "nurse", unit }, Stop));
        Assert.Equal(0, (await journey.Get($"/api/v1/shifts?unit={unit}")).GetArrayLength());
    }

    [Theory]
    [InlineData("rules/ed.los", """{"to":"shadow","unit":"ZZZ"}""", 400, "ED")]
    [InlineData("rules/ed.los", """{"to":"shadow","unit":"*"}""", 400, "ED")]
    [InlineData("shifts", """{"name":"Kim Lee","role":"nurse","unit":"ZZZ"}""", 400, "ED")]
    [InlineData("shifts", """{"name":"Kim Lee","role":"nurze","unit":"ED"}""", 404, "charge-nurse")]
    [InlineData("shifts/end", """{"name":"Kim Lee","role":"nurse","unit":"*"}""", 400, "ED")]
    [InlineData("shifts/end", """{"name":"Kim Lee","role":"nurze","unit":"ED"}""", 404, "charge-nurse")]
    [InlineData("shifts/end", """{"name":"Never Here","role":"nurse","unit":"ED"}""", 404, "On duty there")]
    [InlineData("staff", """{"name":"Kim Lee","roles":["nurse"],"units":["ZZZ"]}""", 400, "ED")]
    [InlineData("staff", """{"name":"Kim Lee","roles":["nurze"],"units":["ED"]}""", 404, "charge-nurse")]
    public async Task What_names_nothing_that_is_known_is_refused_with_what_is(string path, string body, int status, string known)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        var answer = await journey.Http.PostAsync($"/api/v1/{path}", content, Stop);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains(known, await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_unit_and_a_role_are_kept_as_they_are_spelled_however_they_are_typed()
    {
        var (name, unit) = (StandaloneHostFixture.Fresh("Nurse "), (await journey.Arrived()).Unit);
        await Ok(await journey.Http.PostAsJsonAsync("/api/v1/shifts", new { name, role = "Nurse", unit = unit.ToLowerInvariant() }, Stop));
        await Ok(await journey.Http.PostAsJsonAsync("/api/v1/rules/ed.los", new { to = "shadow", unit = unit.ToLowerInvariant() }, Stop));
        var shift = Assert.Single((await journey.Get($"/api/v1/shifts?unit={unit}")).EnumerateArray());
        Assert.Equal((name, "nurse", unit), (Text(shift, "name"), Text(shift, "role"), Text(shift, "unit")));
        Assert.Contains((await journey.Get($"/api/v1/rules?unit={unit}")).GetProperty("rules").EnumerateArray(),
            r => r.GetProperty("decided") is { ValueKind: JsonValueKind.Object } decided && Text(decided, "unit") == unit);
    }

    [Fact]
    public async Task Where_the_directory_says_who_works_on_a_unit_another_name_is_a_slip()
    {
        var (name, unit) = (StandaloneHostFixture.Fresh("Nurse "), (await journey.Arrived()).Unit);
        await Ok(await journey.Http.PostAsJsonAsync("/api/v1/staff", new { name, roles = new[] { "nurse" }, units = new[] { unit } }, Stop));
        var slip = await journey.Http.PostAsJsonAsync("/api/v1/shifts", new { name = name + "x", role = "nurse", unit }, Stop);
        Assert.Equal(HttpStatusCode.NotFound, slip.StatusCode);
        Assert.Contains(name, await slip.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Equal(0, (await journey.Get($"/api/v1/shifts?unit={unit}")).GetArrayLength());
        await Ok(await journey.Http.PostAsJsonAsync("/api/v1/shifts", new { name = name.ToUpperInvariant(), role = "nurse", unit }, Stop));
        Assert.Equal(name, Text((await journey.Get($"/api/v1/shifts?unit={unit}"))[0], "name"));
    }

    private static async Task Ok(HttpResponseMessage response) =>
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Stop));

    private static async Task<JsonElement> Json(HttpResponseMessage response) =>
        JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync(Stop));

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
