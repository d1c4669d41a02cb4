using Journey.Contracts.Audit;
using Journey.Gateway.Trust.Audit;

namespace Journey.Gateway.Http.Audit;

/// <summary>An entry as a sentence: <c>Nora Nurse opened the visit page, as nurse@ED, from 10.0.0.7.</c></summary>
internal static class AuditSentence
{
    public static string Write(AuditEntry entry)
    {
        var who = entry.Who.Name ?? (entry.Who.Id == Contracts.Actor.System.Id ? "Journey" : entry.Who.Id);
        var deed = Deed(entry);
        var how = entry.Outcome switch
        {
            AuditOutcome.Refused => " was refused: " + deed,
            AuditOutcome.NotFound => " found nothing: " + deed,
            AuditOutcome.Failed => " got no answer: " + deed,
            _ => " " + deed,
        };
        var whose = entry.Visit is { } visit ? $" of visit {visit.ToString("N")[..8]}" : "";
        var more = RefusalSample.IsSum(entry) ? $" ({entry.Detail})" : "";
        return $"{who}{how}{whose}{more}{(entry.Who.Authority is { } authority ? ", as " + authority : "")}{(entry.Who.Address is { } address ? ", from " + address : "")}.";
    }

    private static string Deed(AuditEntry entry) => entry.Action switch
    {
        AuditAction.ReadVisit => "opened the visit page",
        AuditAction.ReadTimeline => "read the history",
        AuditAction.ReadDraft => "read the draft of a handoff",
        AuditAction.ReadBoard => $"read the board of {entry.Unit}",
        AuditAction.WatchBoard => $"opened the board of {entry.Unit}",
        AuditAction.ReadList => entry.Detail is { } whose ? $"opened the list of {whose}" : "opened a list of what is owed",
        AuditAction.ReadAlerts => "read all open alerts",
        AuditAction.ReadHotline => "opened the hotline",
        AuditAction.Search => entry.Found.Length == 1 ? "searched and was shown one visit" : $"searched and was shown {entry.Found.Length} visits",
        AuditAction.Print => $"printed {entry.Detail ?? "a sheet"}{(entry.Unit is { } unit ? " of " + unit : "")}",
        AuditAction.Export => "exported the audit trail",
        AuditAction.Disclose => entry.Command is null ? "saw the family page" : $"disclosed to the family ({Command(entry)})",
        AuditAction.Change when entry.Operation == AuditChains.Beginning => "began this trail",
        AuditAction.Change =>
            $"{(entry.Outcome == AuditOutcome.Sent ? "asked for a change" : "a change")} ({Command(entry)}{(entry.Detail is { } named ? ": " + named : "")}){(entry.Unit is { } of ? " on " + of : "")}",
        AuditAction.ReadAudit => "read the audit trail",
        AuditAction.SignIn => "signed in",
        AuditAction.SignOut => "signed out",
        AuditAction.BreakGlass when entry.Operation == Contracts.Access.GlassKeys.Volume => $"broke the glass {entry.Detail}, more than is usual",
        // Whether it opened stands in what the privacy officer's list says of it; that it was refused, in an entry of its own.
        AuditAction.BreakGlass => "asked to break the glass",
        AuditAction.Expire => $"removed entries past their retention ({entry.Detail})",
        AuditAction.Erase => $"{(entry.Outcome == AuditOutcome.Sent ? "asked to erase" : "erased")} what was known of a person ({entry.Detail})",
        _ => entry.Operation,
    };

    /// <summary>What the path names: <c>family updates</c> for <c>POST /api/v1/visits/{id}/family/updates</c>.</summary>
    private static string Command(AuditEntry entry) =>
        string.Join(' ', entry.Operation.Split('/').Skip(3).Where(part => !part.StartsWith('{') && part != "visits")).Replace('-', ' ');
}
