using Journey.Api;
using Journey.Dashboard.Alerts;

namespace Journey.Dashboard.Tests;

/// <summary>Read as a newcomer would: what an alert wants, who has it, since when, and why it was raised.</summary>
public class AlertLineTests
{
    private static readonly DateTimeOffset Now = Rendered.Now;

    [Theory]
    [InlineData("touchpoint", "Do it, then record it on the board"), InlineData("family", "Speak with the family, then record it"),
        InlineData("question", "See what was asked or promised, and answer it")]
    [InlineData("request", "Do what was asked for, then record it"), InlineData("handoff", "Read the handoff back"),
        InlineData("owner", "Assign a nurse"), InlineData("privacy", "Find out who it was, then say what was done")]
    public async Task An_alert_says_what_it_wants_whoever_has_it_and_since_when(string kind, string wants)
    {
        var raised = Open(kind) with { Responsible = "Nora Nurse" };
        Assert.Contains(
            $"Triage {wants} Warning, not seen Here, Hanna Emergency, bed 2 Not acknowledged Nora Nurse is called first over by 5 min waiting "
                + $"since 09:45, due 09:55 raised 5 min ago Acknowledge", await Read(raised), StringComparison.Ordinal);
        Assert.Contains("Not acknowledged escalated to charge nurse since 09:58 over by",
            await Read(raised with { EscalatedTo = "charge-nurse", EscalatedAt = Now.AddMinutes(-2) }), StringComparison.Ordinal);
        Assert.Contains("Not acknowledged no nurse to call over by", await Read(Open(kind)), StringComparison.Ordinal);
        Assert.Contains("Kim Reyes has it called again at 10:10 if it is still open",
            await Read(raised with { State = "acknowledged", Owner = "Kim Reyes", ExpectedBy = Now.AddMinutes(10) }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("required", "Offer the handoff to whoever takes over"),
        InlineData("returned", "Answer what was asked back, and offer the handoff again"), InlineData("offered", "Read the handoff back")]
    public async Task A_handoff_wants_what_is_missing_of_it(string state, string wants) =>
        Assert.Contains(wants,
            await Read(Open("handoff"), row =>
                row with { Handoff = new(Guid.NewGuid(), state, "nurse", null, null, Now.AddMinutes(-20), Now.AddMinutes(-20), null, null) }),
                StringComparison.Ordinal);

    [Theory]
    [InlineData("owner", "Assign a nurse…"), InlineData("family", "Log update…"), InlineData("question", "Open the visit"),
        InlineData("touchpoint", "Record what was done…")]
    [InlineData("touchpoint", "Triaged", "triaged"), InlineData("touchpoint", "Left…", "left"), InlineData("touchpoint", "Open the visit", "moved"),
        InlineData("touchpoint", "Record what was done…", "contact")]
    public async Task What_somebody_has_shows_the_next_step(string kind, string next, string? awaits = null) =>
        Assert.Contains(next, await Read(Open(kind) with { State = "acknowledged", Owner = "Kim Reyes", Awaits = awaits },
            row => row with { StepsAhead = ["triaged", "roomed"] }), StringComparison.Ordinal);

    [Theory, InlineData("triaged", "Do it, then record “Triaged”"), InlineData("left", "that they left ends it"),
        InlineData("moved", "that they are on the ward ends it"), InlineData("contact", "See to the patient, then record it")]
    public async Task An_alert_names_what_ends_it(string awaits, string wants) =>
        Assert.Contains(wants, await Read(Open("touchpoint") with { Awaits = awaits }), StringComparison.Ordinal);

    private static Alert Open(string kind) =>
        new(Guid.NewGuid(), "ed.triage", kind, "Triage", "warning", "raised", Now.AddMinutes(-5), Now.AddMinutes(-5), null, null, null, null, null,
            null)
        { Since = Now.AddMinutes(-15) };

    private static async Task<string> Read(Alert alert, Func<BoardRow, BoardRow>? stands = null)
    {
        var row = Rows.Here("Here, Hanna", "2") with { Alerts = [alert] };
        row = stands?.Invoke(row) ?? row;
        return Rendered.Text(await Rendered.Html<AlertLine>(("Line", new OpenLine(Rows.Board(row), row, alert))));
    }
}
