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

    public static string Plain(string code) => code.Length == 0 ? code : char.ToUpperInvariant(code[0]) + code[1..].Replace('-', ' ').Replace('_', ' ');

    public static string Count(int n, string one, string many) => n == 1 ? $"1 {one}" : $"{n} {many}";
}
