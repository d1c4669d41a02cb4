using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Families;
using Journey.Contracts.Visits;
using Journey.Domain.Care;
using Journey.Domain.Facts;
using Journey.Domain.Policies;

namespace Journey.Domain.Visits;

/// <summary>A visit's commits as a timeline that a person can read.</summary>
public static class Narrator
{
    /// <param name="commits">Oldest first.</param>
    /// <param name="visit">The visit as it stands: knows what was taken back.</param>
    /// <param name="now">What was done long ago is not taken back any more.</param>
    public static ImmutableArray<TimelineEntry> Tell(IEnumerable<VisitCommit> commits, Visit visit, Policy policy, DateTimeOffset now)
    {
        var cancelled = Cancellations.Resolve(visit.Entries);
        var gone = visit.Entries.Where((_, i) => cancelled[i]).Select(e => e.Command).ToHashSet();
        var lines = ImmutableArray.CreateBuilder<TimelineEntry>();
        var rules = new Dictionary<Guid, string>();
        var clinical = new HashSet<Guid>();
        var shadows = new HashSet<Guid>();
        var told = new Dictionary<Guid, string>();
        var locked = new HashSet<(PrivacyLock, DateTimeOffset)>();
        PatientClass? known = null;
        PatientRef? person = null;
        foreach (var commit in commits)
        {
            var until = commit.By == Actor.System ? null : VisitDecider.UndoUntil(visit, new(commit.Command), commit.RecordedAt, policy, now);
            foreach (var e in commit.Events)
            {
                if (e is AlertRaised raised)
                {
                    var rule = policy.Rule(raised.Rule);
                    rules[raised.Alert] = rule?.Says ?? raised.Rule;
                    if (rule is not { Kind: RuleKind.Family or RuleKind.Question or RuleKind.Request or RuleKind.Privacy })
                        clinical.Add(raised.Alert);
                }

                if (e is AlertRetimed { As: { } other } retimed && rules.TryGetValue(retimed.Alert, out var same))
                {
                    rules[other] = same;
                    if (clinical.Contains(retimed.Alert)) clinical.Add(other);
                }

                if (IsOfShadow(e, shadows)) continue;
                var before = known;
                known = (e as FeedFact)?.Said.Class ?? known;
                if (e is LockSet on) locked.Add((on.Lock, on.At));
                var shown = person;
                person = (e as Identified)?.Patient ?? person;
                if (Line() is not { } text) continue;
                var isClinical = IsClinical(e, clinical);
                if (isClinical && e is Fact) clinical.Add(commit.Command);
                if (e is Undone back && told.TryGetValue(back.Command, out var said)) text = "Taken back: " + said;
                if (e is Fact) told.TryAdd(commit.Command, text + (commit.By.Name is { } name ? $", by {name}" : null));
                if (e is FeedFact { Said.NotBelieved: { } fields }) text += $" (a time that cannot be was not believed: {fields})";
                lines.Add(new TimelineEntry(
                    commit.Version, (e as Fact)?.At ?? commit.RecordedAt, commit.RecordedAt, Kind(e), text,
                    e is AlertRaised or AlertWorsened or AlertEased or AlertWoke or AlertEscalated or AlertLapsed or Doubted or EndedByRule
                        ? Actor.System
                        : commit.By, e is Fact && gone.Contains(commit.Command), new CommandId(commit.Command))
                {
                    UndoUntil = until,
                    IsOfFamily = !isClinical, IsOfCare = VisitDecider.IsOfCare(e)
                });

                string? Line() => e switch
                {
                    Updated update => Difference(update, visit.Course, before),
                    Identified who => Identity(shown, who.Patient, locked),
                    _ => Text(e, rules),
                };
            }
        }

        return lines.ToImmutable();
    }

    /// <summary>What is new of the person. What was locked here and is known of them now is told already.</summary>
    private static string? Identity(PatientRef? before, PatientRef now, IReadOnlySet<(PrivacyLock, DateTimeOffset)> locked)
    {
        var locks = CareWords.OfPerson(before?.Locks, now.Locks, locked);
        return before is not null && before with { Locks = now.Locks } == now
            ? locks
            : "Patient particulars recorded" + (locks is null ? null : $"; {char.ToLowerInvariant(locks[0])}{locks[1..]}");
    }

    /// <summary>Of what calls nobody there is nothing to tell, until it does.</summary>
    private static bool IsOfShadow(VisitEvent e, HashSet<Guid> shadows) => e switch
    {
        AlertRaised { Shadow: true } a => shadows.Add(a.Alert),
        AlertShadowed { Shadow: true } a => shadows.Add(a.Alert),
        AlertShadowed a => !shadows.Remove(a.Alert),
        AlertEased { Alert: var alert } => shadows.Contains(alert),
        AlertWorsened { Alert: var alert } => shadows.Contains(alert),
        AlertResolved { Alert: var alert } => shadows.Contains(alert),
        AlertReopened { Alert: var alert } => shadows.Contains(alert),
        AlertRetimed { As: { } other } a => shadows.Contains(a.Alert) && shadows.Add(other),
        _ => false,
    };

    /// <summary>
    /// What is for those who look after the patient: how ill somebody is, what was seen to and what was handed over. Whoever looks after the family
    /// is not told.
    /// </summary>
    /// <param name="clinical">Alerts of clinical clocks, and commands that said such a thing: that they were taken back says it again.</param>
    private static bool IsClinical(VisitEvent e, HashSet<Guid> clinical) => e switch
    {
        AcuitySet or NoteSet or Rounded or HandoffOffered or HandoffAccepted or HandoffReturned or HandoffWithdrawn => true,
        Looked { What: Verified.Acuity } => true,
        Undone back => clinical.Contains(back.Command),
        _ => AlertOf(e) is { } alert && clinical.Contains(alert),
    };

    private static Guid? AlertOf(VisitEvent e) => e switch
    {
        AlertRaised a => a.Alert,
        AlertWorsened a => a.Alert,
        AlertEased a => a.Alert,
        AlertAcknowledged a => a.Alert,
        AlertSnoozed a =>
            a.Alert,
        AlertWoke a => a.Alert,
        AlertResolved a => a.Alert,
        AlertReopened a => a.Alert,
        AlertStopped a => a.Alert,
        AlertResumed a => a.Alert,
        AlertRetimed a => a.Alert,
        AlertShadowed a =>
            a.Alert,
        AlertSeen a => a.Alert,
        AlertEscalated a => a.Alert,
        AlertLapsed a => a.Alert,
        AlertRestored a => a.Alert,
        _ => null,
    };

    private static string? Text(VisitEvent e, Dictionary<Guid, string> rules) => e switch
    {
        Expected f => "Expected" + To(f.Said.PendingLocation ?? f.Said.Location),
        Arrived f => "Arrived" + To(f.Said.Location),
        Admitted f => "Admitted" + To(f.Said.Location),
        Moved f => "Moved" + To(f.Said.Location),
        Discharged f => "Left" + (f.Said.Disposition is { } d ? $" (disposition {d})" : ""),
        ClassChanged f => $"Class changed to {f.Said.Class?.ToString().ToLowerInvariant() ?? "unknown"}",
        WentOut f => "On the way" + To(f.Said.TemporaryLocation),
        Reached f => f.Said.TemporaryLocation is { } there ? "Reached" + To(there) : "Back at the bed",
        Planned f => $"{f.Kind} planned" + To(f.Said.PendingLocation),
        WentOnLeave => "Went on leave",
        Returned => "Returned from leave",
        Cancelled f => $"Cancelled: {Words(f.What)}",
        Deleted => "Visit deleted by the hospital system",
        Mentioned => "Heard of in a result, an order or a document",
        LeftAs f => "Left as: " + Words(f.How),
        Linked f => Words(f.Link.As) + (f.Ends ? ": taken back" : "") + (f.Link.Unit is { Length: > 0 } unit ? $" ({unit})" : ""),
        CareCarried => "What was promised, asked and told came along from another visit",
        HandsChanged => "The visit was given to another person; what the family had arranged was set aside",
        BroughtBack => "Seen here: back on the board, the departure never was",
        Looked { What: Verified.Gone } => "Checked: has left",
        Looked f => "Seen: " + (f.What == Verified.Here ? "still here" : f.What.ToString().ToLowerInvariant() + " is as shown"),
        Doubted => "Probably gone: nothing was heard or done for too long",
        EndedByRule => "Ended by rule: nothing was heard for too long",
        StepReached f => $"Step: {f.Step}",
        Contacted => "Staff with the patient",
        AcuitySet f => $"Acuity {f.Level}",
        NoteSet f => f.Text is { } text ? $"Note: {text}" : "Note taken off",
        Assigned f => f.Person is { } person ? $"{Words(f.Role)}: {person.Name}" : $"No {Words(f.Role).ToLowerInvariant()} assigned",
        NurseWentOff f => $"{f.Who.Name} went off duty: no nurse",
        FamilyWaited f => "Family is waiting for an update" + (f.Who is { Length: > 0 } who ? $" ({who})" : ""),
        FamilyTold f => "Family told" + (f.Who is { Length: > 0 } who ? $" ({who})" : "") + (f.About is { Length: > 0 } about ? $": {about}" : ""),
        Noted or Confirmed or Erased => null,
        ItemFact or ContactSet or ContactRemoved or CodeWordSet or CodeWordTried or LockSet or HoldSet or LinkIssued or LinksRevoked or Rounded
            or LifeEventNoted or PulseGiven => CareWords.Text(e),
        FamilyKnown => "Family contacts recorded",
        Numbered n => n.From is { } from ? $"Visit number changed from {from} to {n.Number}" : $"Visit number: {n.Number}",
        Undone => "An entry was taken back",
        AlertRaised a => $"Alert: {Says(rules, a.Alert)}",
        AlertEased a => $"Alert is only {a.Severity.ToString().ToLowerInvariant()} now: {Says(rules, a.Alert)}",
        AlertWorsened a => $"Alert is {a.Severity.ToString().ToLowerInvariant()} now: {Says(rules, a.Alert)}",
        AlertAcknowledged a => $"Alert acknowledged: {Says(rules, a.Alert)}",
        AlertSnoozed a => $"Alert snoozed: {Says(rules, a.Alert)} ({a.Reason})",
        AlertWoke a => $"Alert is back: {Says(rules, a.Alert)}",
        AlertResolved a => $"Alert {a.How}: {Says(rules, a.Alert)}" + (a.Action is { Length: > 0 } action ? $" ({action})" : ""),
        AlertReopened a => $"Alert open again: {Says(rules, a.Alert)}",
        AlertStopped or AlertResumed or AlertRetimed or AlertShadowed { Shadow: true } => null,
        AlertShadowed a => $"Alert called out from now on: {Says(rules, a.Alert)}",
        AlertSeen a => $"Alert seen: {Says(rules, a.Alert)}",
        AlertEscalated a => $"Alert called out to the {a.To.Replace('-', ' ')}{Passed(a)}: {Says(rules, a.Alert)}",
        AlertLapsed a => $"Not done by the expected time: {Says(rules, a.Alert)}",
        AlertRestored a => $"Alert as it was before: {Says(rules, a.Alert)}",
        GlassBroken g => $"Opened by breaking the glass: {g.Reason.Replace('-', ' ')}", // The words are for the privacy officer.
        GlassReviewed => "Breaking the glass was reviewed",
        _ => throw new InvalidOperationException($"No words for the event {e.GetType().Name}."),
    };

    /// <summary>Who was not called because nobody was there.</summary>
    private static string Passed(AlertEscalated call) => call.Passed is not { } passed ? ""
        : $", as {string.Join(" and ", passed.Select(rung => rung == Rung.Assigned ? "nobody responsible" : $"no {rung.Replace('-', ' ')}"))} was on duty";

    /// <summary>An update may be a move, a change of class or an end all the same: then it reads as one.</summary>
    private static string Difference(Updated update, Course course, PatientClass? before)
    {
        var said = update.Said;
        var did = new List<string>();
        if (course.Stays.Skip(1).Any(stay => stay.Since == update.At && stay.Location.Unit == said.Location?.Unit))
            did.Add("moved" + To(said.Location));
        if (before is not null && said.Class is { } kind && kind != before) did.Add("class changed to " + kind.ToString().ToLowerInvariant());
        if (said.DischargedAt is { } left && left == course.EndedAt) did.Add("left");
        if (did.Count == 0) return "Particulars updated" + To(said.Location);
        var text = string.Join("; ", did);
        return char.ToUpperInvariant(text[0]) + text[1..];
    }

    private static string To(Location? location) => location is null
        ? ""
        : ": " + string.Join(' ', new[] { location.Unit, location.Room, location.Bed }.Where(part => !string.IsNullOrEmpty(part)));

    private static string Words(CareRole role) => role == CareRole.PointOfContact ? "Point of contact" : role.ToString();

    private static string Words(LinkKind kind) => kind switch
    {
        LinkKind.AdmittedTo => "Admitted under another visit",
        LinkKind.AdmittedFrom => "Continues an emergency visit",
        LinkKind.ElsewhereAs => "The same person was placed under another visit",
        LinkKind.PlannedTo => "Admission planned under another visit",
        LinkKind.FulfilledBy => "Admitted under another visit than was planned",
        LinkKind.SameAs => "Turned out to be another visit",
        LinkKind.MotherOf => "Mother of another patient",
        _ => "Returned after another visit",
    };

    private static string Words(DepartureKind how) => how switch
    {
        DepartureKind.LeftBeforeTriage => "left before triage",
        DepartureKind.LeftBeforeEvaluation => "left before being seen",
        DepartureKind.LeftDuringTreatment => "left during treatment",
        DepartureKind.AgainstAdvice => "against advice",
        DepartureKind.Expired => "died",
        DepartureKind.ObservationThenHome => "home after observation",
        _ => how.ToString().ToLowerInvariant(),
    };

    private static string Words(CancelledFact what) => what switch
    {
        CancelledFact.PlannedAdmit => "planned admission",
        CancelledFact.PlannedTransfer => "planned transfer",
        CancelledFact.PlannedDischarge => "planned discharge",
        CancelledFact.GoingOut => "going out",
        CancelledFact.Reaching => "reaching a temporary place",
        _ => what.ToString().ToLowerInvariant(),
    };

    private static string Says(Dictionary<Guid, string> rules, Guid alert) => rules.GetValueOrDefault(alert, "alert");

    private static string Kind(VisitEvent e) => e.GetType().Name;
}
