namespace Journey.Browser.Tests;

/// <summary>A unit with one of everything a board can show.</summary>
internal static class Ward
{
    /// <summary>Fills a unit and returns the visit with the most to show.</summary>
    public static async Task<Guid> Fill(Hospital hospital, string unit)
    {
        var over = new Guest(unit, "Hansen", "Ole") { Bed = "1", Ago = TimeSpan.FromMinutes(26), Acuity = 2, Contact = "Hansen^Kari|^Wife" };
        var near = new Guest(unit, "Hanson", "Ola") { Bed = "2", Ago = TimeSpan.FromMinutes(33), Acuity = 3 };
        var locked = new Guest(unit, "Verschlossen", "Vera") { Bed = "3", Confidential = true, Acuity = 2, Ago = TimeSpan.FromMinutes(9) };
        var gone = new Guest(unit, "Gegangen", "Gerd") { Bed = "4" };
        var expected = new Guest(unit, "Kommtnoch", "Karl") { Planned = TimeSpan.FromMinutes(40) };
        var ward = new Guest(unit, "Stationär", "Søren") { Bed = "5", Class = "I", Acuity = 5, Attending = "77^Chirurgin^Clara^^^Dr", Planned = TimeSpan.FromMinutes(90) };
        var away = new Guest(unit, "Unterwegs", "Ute") { Bed = "6", Class = "I", Acuity = 1 };
        var waiting = new Guest(unit, "Ohnebett", "Otto") { Acuity = 3 };
        await hospital.Send(
            over.Message("A04"), near.Message("A04"), locked.Message("A04"), gone.Message("A04"), gone.Message("A03", TimeSpan.Zero), expected.Message("A05", TimeSpan.Zero),
            ward.Message("A01"), ward.Message("A16", TimeSpan.Zero), away.Message("A01"), away.Message("A21", TimeSpan.Zero), waiting.Message("A04"));

        var visit = await hospital.VisitOf(over);
        await hospital.Record(visit, "assignments", new { role = "nurse", name = "Nora Nurse" });
        await hospital.Record(visit, "family/told", new { who = "Kari", about = "Waiting for results", nextBy = DateTimeOffset.UtcNow.AddMinutes(20) });
        await hospital.Record(visit, "family/waiting", new { who = "Kari" });
        await hospital.Record(await hospital.VisitOf(waiting), "family/told", new { });
        await hospital.Record(await hospital.VisitOf(near), "touchpoints", new { kind = "contact" });
        await hospital.Record(await hospital.VisitOf(ward), "family/waiting", new { });
        return visit;
    }
}
