using System.Collections.Immutable;
using Journey.Contracts.Care;
using Journey.Contracts.Families;
using Journey.Domain.Facts;

namespace Journey.Domain.Care;

/// <summary>The facts of the care in words, for the timeline. It says that something was asked or told, not the code word.</summary>
internal static class CareWords
{
    public static string? Text(VisitEvent e) => e switch
    {
        QuestionAsked f => $"{f.Kind} question from {Who(f.Asker)}: {f.Text}",
        QuestionTaken f => f.Owner is { } owner ? $"{owner.Name} owns a question" : "A question was left to whoever is responsible",
        QuestionAnswered f => $"Question answered: {f.Answer}",
        QuestionConfirmed { Satisfied: true } => "The asker is satisfied with the answer",
        QuestionConfirmed f => "The answer did not satisfy the asker" + Said(f.Remark),
        QuestionWithdrawn f => "The asker took the question back" + Said(f.Reason),
        PromiseMade f => $"Promised{To(f.ToWhom)}: {f.What}",
        PromiseKept f => "Promise kept" + Said(f.How),
        PromiseWithdrawn f => "Promise taken back" + Said(f.Reason),
        HandoffOffered f => $"Handoff offered to {f.To.Name}",
        HandoffAccepted f => $"Handoff accepted, read back: {f.Synthesis}",
        HandoffReturned f => $"Handoff returned with a question: {f.Question}",
        HandoffWithdrawn => "Handoff taken back",
        RequestMade f => $"{Request(f.Kind)} asked for by {Who(f.For)}{Said(f.What)}",
        RequestTaken f => $"{f.Owner.Name} is on a request",
        RequestDone f => "Request done" + Said(f.Outcome)
            + (f.TeachBack is { } back ? back ? " (said it back in their own words)" : " (could not say it back)" : ""),
        RequestWithdrawn f => "Request taken back" + Said(f.Reason),
        UpdateWritten f => "Update to the family written" + Said(f.Template),
        UpdateRecalled => "Update to the family recalled before it left",
        UpdateLeft f => Left(f.Deliveries),
        UpdateReleased f => Left(f.Deliveries),
        DeliveryTried => null,
        DeliveryEnded { Channel: Channels.Page, State: DeliveryState.Delivered } => "Update read on the family page",
        DeliveryEnded f => f.State == DeliveryState.Waiting ? null : $"Update by {f.Channel}: {f.State.ToString().ToLowerInvariant()}" + Said(f.Why),
        ContactSet f => $"Contact recorded: {f.Contact.Name}" + Said(f.Contact.Relation),
        ContactRemoved => "A contact was removed",
        CodeWordSet f => f.Hash is null ? "Code word taken away" : "Code word set",
        CodeWordTried { Right: true } => "Code word given, right",
        CodeWordTried f => f.LockedUntil is null
            ? "Code word given, wrong"
            : "Code word given, wrong; whoever gave it finds the check locked for a while",
        LockSet { TakesBack: true } => null,
        LockSet f => f.On ? $"Privacy lock: {Word(f.Lock)}" + Said(f.Reason) : $"Privacy lock lifted: {Word(f.Lock)}",
        HoldSet f => f.On ? "Bad news is pending: nothing goes out by itself" : "The hold was lifted",
        LinkIssued => "Link to the family page given",
        LinksRevoked => "Links to the family page ended",
        Rounded f => "Round: " + string.Join(", ", Ps(f.Ps)),
        LifeEventNoted f => $"Noted for {f.On:d MMMM}: {f.What}",
        PulseGiven f => $"Pulse {f.Score} of 5" + Said(f.Remark),
        _ => throw new InvalidOperationException($"No words for the event {e.GetType().Name}."),
    };

    private static string Left(ImmutableArray<Delivery> deliveries) =>
        deliveries.All(d => d.State == DeliveryState.Blocked)
        ? "Update to the family held back: " + deliveries.FirstOrDefault()?.Why
        : "Update to the family left";

    private static IEnumerable<string> Ps(FourPs ps)
    {
        if (ps.Pain is { } pain) yield return $"pain {pain}";
        if (ps.Potty) yield return "potty";
        if (ps.Position) yield return "position";
        if (ps.Possessions) yield return "possessions";
        if (ps.Note is { Length: > 0 } note) yield return note;
    }

    private static string Who(Asker asker) =>
        asker.Name ?? (asker.Kind == AskerKind.Patient ? "the patient" : asker.Kind.ToString().ToLowerInvariant());

    private static string Request(RequestKind kind) =>
        kind switch { RequestKind.MentalHealth => "Mental-health referral", RequestKind.LifeEvent => "Life event", _ => kind.ToString() };

    /// <summary>What was locked or lifted on another visit of the person, and comes to be known here; null when nothing was.</summary>
    /// <param name="here">When something was said of a lock on this visit, which is told by that.</param>
    public static string? OfPerson(PersonLocks? before, PersonLocks? after, IReadOnlySet<(PrivacyLock, DateTimeOffset)> here)
    {
        var news = PersonLocks.Kinds.Where(which => after?[which] is { } word && word != before?[which] && !here.Contains((which, word.At))
            && (word.On || before?[which] is not null)).ToArray();
        return news.Length == 0 ? null : string
            .Join("; ", news.Select(which =>
                (after!.IsHeld(which) ? "Privacy lock of the person, set on another visit: " : "Privacy lock of the person lifted on another visit: ")
                + Word(which)));
    }

    private static string Word(PrivacyLock which) => Spelling.Kebab(which).Replace('-', ' ');

    private static string To(string? who) => who is { Length: > 0 } ? $" ({who})" : "";

    private static string Said(string? what) => what is { Length: > 0 } ? ": " + what : "";
}
