using Journey.Api;

namespace Journey.Dashboard.Tests;

/// <summary>Rows of invented people.</summary>
internal static class Rows
{
    public static BoardRow Here(string name, string? bed = null, string? room = null) => new()
    {
        VisitId = Guid.NewGuid(), Patient = new(name, null, null, null), Class = "emergency", Status = "present", Step = "roomed",
        StepSince = Rendered.Now.AddHours(-1), ArrivedAt = Rendered.Now.AddHours(-2),
        HeardAt = Rendered.Now.AddMinutes(-95), Bed = bed, Room = room, Family = new(null, null, null, null, null, null, false, []),
    };

    public static BoardRow Gone(string name, string? bed = null) => Here(name, bed) with
    {
        ProbablyGone = true,
        Doubts = [new("silent", "Nothing heard or done for 13 h", Rendered.Now.AddHours(-13), null)],
        Alerts = [new(Guid.NewGuid(), "ed.triage", "touchpoint", "Triage", "critical", "raised", Rendered.Now, Rendered.Now, null, null, null, null,
            null, null)],
        Family = new(Rendered.Now.AddHours(-3), null, null, null, null, null, false, []),
    };

    public static Board Board(params BoardRow[] rows) =>
        new("ED", "Emergency", Guid.NewGuid(), 1, Rendered.Now, [], rows,
            [.. new[] { "1", "2", "3" }.Select(name => new Bed(null, name, "clean", null, null))]);
}
