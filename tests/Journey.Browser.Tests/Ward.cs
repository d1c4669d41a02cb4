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
        var ward = new Guest(unit, "Stationär", "Søren")
        {
            Bed = "5", Class = "I", Acuity = 5, Attending = "77^Chirurgin^Clara^^^Dr",
            Planned = TimeSpan.FromMinutes(90)
        };
        var away = new Guest(unit, "Unterwegs", "Ute") { Bed = "6", Class = "I", Acuity = 1 };
        var waiting = new Guest(unit, "Ohnebett", "Otto") { Acuity = 3 };
        await hospital.Send(
            over.Message("A04"), near.Message("A04"), locked.Message("A04"), gone.Message("A04"), gone.Message("A03", TimeSpan.Zero),
            expected.Message("A05", TimeSpan.Zero),
            ward.Message("A01"), ward.Message("A16", TimeSpan.Zero), away.Message("A01"), away.Message("A21", TimeSpan.Zero), waiting.Message("A04"));

        var visit = await hospital.VisitOf(over);
        await hospital.Record(visit, "assignments", new { role = "nurse", name = "Nora Nurse" });
        await hospital.Record(visit, "family/told",
            new { who = "Kari", about = "Waiting for results", nextBy = DateTimeOffset.UtcNow.AddMinutes(20) });
        await hospital.Record(visit, "family/waiting", new { who = "Kari" });
        await Care(hospital, visit);
        await hospital.Record(await hospital.VisitOf(waiting), "family/told", new { });
        await hospital.Record(await hospital.VisitOf(near), "touchpoints", new { kind = "contact" });
        await hospital.Record(await hospital.VisitOf(ward), "family/waiting", new { });
        return visit;
    }

    /// <summary>One of everything that can be owed, kept, told or locked on a visit.</summary>
    private static async Task Care(Hospital hospital, Guid visit)
    {
        var answered =
            await hospital.Record(visit, "questions", new { asker = new { kind = "patient" }, kind = "clinical", text = "When is the scan?" });
        await hospital.Record(visit, $"questions/{answered}/answer", new { answer = "At four." });
        await hospital.Record(visit, "questions",
            new { asker = new { kind = "family", name = "Kari" }, kind = "concern", text = "Nobody explains why he must not eat." });
        await hospital.Record(visit, "promises",
            new { what = "The physician comes by", dueAt = DateTimeOffset.UtcNow.AddMinutes(40), toWhom = "Kari" });
        await hospital.Record(visit, "requests", new { kind = "interpreter", what = "es" });
        await hospital.Record(visit, "requests", new { kind = "education", what = "How to use the inhaler" });
        var kari = Guid.NewGuid();
        await hospital.Record(visit, "family/contacts",
            new
            {
                id = kari, name = "Kari Hansen", relation = "Wife", consent = "progress", spokesperson = true, language = "es",
                needsInterpreter = true, phone = "+43 1 234"
            });
        await hospital.Record(visit, "family/code-word", new { word = "lighthouse" });
        await hospital.Post($"api/v1/visits/{visit}/family/contacts/{kari}/link", new { });
        await hospital.Record(visit, "family/updates", new { text = "He rests and asks for his glasses." });
        await hospital.Record(visit, "family/told",
            new { who = "Kari", topics = new[] { "tests", "delay" }, language = "es", teachBack = true, interpreter = true });
        await hospital.Record(visit, "rounds", new { pain = 4, potty = true, position = true });
        await hospital.Record(visit, "pulses", new { score = 4, remark = "Friendly" });
        await hospital.Record(visit, "life-events", new { what = "Wedding anniversary", on = DateOnly.FromDateTime(DateTime.UtcNow) });
        await hospital.Record(visit, "assignments", new { role = "point-of-contact", name = "Lia Liaison" });
        var handoff =
            await hospital.Record(visit, "handoffs",
                new
                {
                    to = "Rex Receiver", content = new
                    {
                        illness = "watcher", summary = "Waits for a scan",
                        actions = new[] { "Call the physician" }, awareness = "May get worse"
                    }
                });
        await hospital.Record(visit, $"handoffs/{handoff}/return", new { question = "Which physician?" }, by: "Rex Receiver");
        await hospital.Record(visit, "family/locks", new { @lock = "no-information", on = true, reason = "The patient asked for it" });
    }
}
