using Journey.Api;

namespace Journey.Dashboard.Words;

/// <summary>The words for what arrives as a code. A code without a word of its own is shown as it is, never hidden.</summary>
public static class Say
{
    public static string Step(string step) => step switch
    {
        "decided" => "Decision made",
        "seen" => "Seen by provider",
        _ => Plain(step),
    };

    /// <summary>As <see cref="Step"/>, short enough for a button.</summary>
    public static string ShortStep(string step) => step switch { "decided" => "Decided", "seen" => "Seen", _ => Plain(step) };

    public static string Status(string status) => status switch { "onleave" => "On leave", _ => Plain(status) };

    public static string Sex(string? sex) => sex?.ToUpperInvariant() switch { "F" => "F", "M" => "M", null or "" => "", "U" => "sex unknown", var other => other };

    public static string Plan(PlannedMove plan) => (plan.Kind, plan.To) switch
    {
        ("discharge", null) => "Discharge",
        ("discharge", var to) => $"Discharge to {to}",
        (var kind, null) => Plain(kind),
        (var kind, var to) => $"{Plain(kind)} to {to}",
    };

    public static Level Severity(string severity) => severity switch { "critical" => Level.Over, "warning" => Level.Near, _ => Level.Ok };

    public static string SeverityWord(string severity) => Plain(severity);

    /// <summary>The bed as staff say it; unique within the unit.</summary>
    public static string Bed(string? room, string? bed) => (room, bed) switch
    {
        (_, null) => "No bed",
        (null or "", _) => bed,
        _ when bed.StartsWith(room, StringComparison.OrdinalIgnoreCase) => bed,
        _ => $"{room}-{bed}",
    };

    /// <summary>How a toast or a button names a visit: by its bed where it has one.</summary>
    public static string Who(BoardRow row) => row.Bed is null ? row.Patient.Name : $"bed {Bed(row.Room, row.Bed)}";

    /// <summary>A role in running text: <c>point of contact</c>.</summary>
    public static string Role(string role) => role.Replace('-', ' ');

    /// <summary>Who has the patient in a role; null: nobody.</summary>
    public static string? Holder(BoardRow row, string role) => role switch { "nurse" => row.Nurse, "provider" => row.Provider, _ => row.PointOfContact };

    public static string Request(string kind) => kind switch { "mental-health" => "Mental-health referral", "spiritual" => "Spiritual care", _ => Plain(kind) };

    public static string Lock(string which) => which switch { "no-information" => "No information", "safety" => "Safety lock", _ => Plain(which) };

    /// <summary>What may be said, at the moment of saying it.</summary>
    public static string MayHear(string consent) => consent switch
    {
        "nothing" => "Nothing. Do not confirm that the patient is here",
        "condition" => "One word of condition: undetermined, good, fair, serious or critical",
        "progress" => "How it goes: where, which step, what comes next. No diagnosis",
        "full" => "Everything the care team would tell",
        var other => Plain(other),
    };

    /// <summary>Something owed, by its kind: never what was asked or promised.</summary>
    public static string Owed(Owed owed, string? says = null) => owed.Kind switch
    {
        "question" => owed.State == "answered" ? "Does the answer satisfy?" : owed.Detail == "concern" ? "Concern" : $"{Plain(owed.Detail)} question",
        "promise" => owed.Detail == "next-word" ? "Next word to the family" : "Promise",
        "request" => Request(owed.Detail),
        "handoff" => owed.State switch { "required" => "Handoff required", "returned" => "Handoff returned with a question", _ => "Handoff to read back" },
        _ => says ?? Plain(owed.Detail),
    };

    /// <summary>Whose turn it is on the ladder; null while it is on none.</summary>
    public static string? Turn(Alert alert) => alert.EscalatedTo switch
    {
        null => null,
        "assigned" => alert.Responsible is { } who ? $"{who}’s turn" : "nobody’s turn",
        var role => $"{Plain(role)}’s turn",
    };

    public static string Asker(Asker asker) => asker.Name ?? asker.Kind switch { "patient" => "the patient", "family" => "the family", var other => other };

    /// <summary>What was typed into a field; null where it is nothing.</summary>
    public static string? Given(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();

    public static string Plain(string code) => code.Length == 0 ? code : char.ToUpperInvariant(code[0]) + code[1..].Replace('-', ' ').Replace('_', ' ');

    public static string Count(int n, string one, string many) => n == 1 ? $"1 {one}" : $"{n} {many}";
}
