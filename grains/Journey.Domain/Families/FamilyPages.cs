using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Journey.Contracts;
using Journey.Contracts.Families;
using Journey.Domain.Alerts;
using Journey.Domain.Facts;
using Journey.Domain.Policies;

namespace Journey.Domain.Families;

/// <summary>What the family page may show: made for one contact, and never more than their consent covers.</summary>
public static class FamilyPages
{
    /// <summary>The key of the words for who may not hear where in the journey the patient is.</summary>
    public const string Here = "here";

    /// <summary>
    /// The contact whose link this is; null when there is none, it has ended, or a lock hides the patient. Takes the same time for any secret of one
    /// visit.
    /// </summary>
    public static ContactCard? Holder(Visit visit, string secretHash, DateTimeOffset now)
    {
        Guid? contact = null;
        var presented = Encoding.ASCII.GetBytes(secretHash);
        foreach (var link in visit.Course.Care.Links)
            if (CryptographicOperations.FixedTimeEquals(presented, Encoding.ASCII.GetBytes(link.SecretHash)) && link.Until > now)
                contact = link.Contact;
        var card = visit.Course.Care.Contacts.FirstOrDefault(c => c.Id == contact);
        return Disclosure.MayHear(visit, card) == Consent.Nothing ? null : card;
    }

    /// <summary>How long a door stays open without the code word: until the end of the next of these.</summary>
    private static readonly TimeSpan SessionPeriod = TimeSpan.FromHours(12);

    /// <summary>
    /// Opens the door without the code word for a while. Made of what only the house knows, so nothing has to be kept; another word or link makes it
    /// worthless.
    /// </summary>
    public static string Session(string codeWordHash, string secretHash, DateTimeOffset now) =>
        Session(codeWordHash, secretHash, now.UtcTicks / SessionPeriod.Ticks);

    public static bool IsSession(string session, string codeWordHash, string secretHash, DateTimeOffset now)
    {
        if (codeWordHash.Length == 0) return false;
        var period = now.UtcTicks / SessionPeriod.Ticks;
        var given = Encoding.ASCII.GetBytes(session);
        return CryptographicOperations.FixedTimeEquals(given, Encoding.ASCII.GetBytes(Session(codeWordHash, secretHash, period)))
            | CryptographicOperations.FixedTimeEquals(given, Encoding.ASCII.GetBytes(Session(codeWordHash, secretHash, period - 1)));
    }

    private static string Session(string codeWordHash, string secretHash, long period) =>
        Convert.ToHexString(HMACSHA256.HashData(Encoding.ASCII.GetBytes(codeWordHash),
                Encoding.ASCII.GetBytes(secretHash + period.ToString(System.Globalization.CultureInfo.InvariantCulture))));

    public static FamilyPageView View(VisitId id, Visit visit, ContactCard contact, Policy policy, DateTimeOffset now)
    {
        var course = visit.Course;
        var consent = Disclosure.MayHear(visit, contact);
        var covered = consent >= Consent.Progress;
        var step = course.StepOn(policy.Pathway(course.Class));
        var (next, promised) = Clocks.FamilyDue(visit, policy, toFamily: true);
        return new FamilyPageView(
            visit.Patient.GivenName ?? "", consent, covered ? step.Step : Here, covered ? step.At : null, covered
                ? course.StepsAhead(policy.Pathway(course.Class)).FirstOrDefault()
                : null,
            covered ? next : null, covered && promised, course.FamilyWaitingSince, course.LastToldAt, covered ? Messages(course.Care, contact) : [],
            [.. course.Care.Questions.Where(q => q.Asker.Contact == contact.Id)
                .Select(q => new FamilyQuestion(q.Id, q.Text, q.State, q.AskedAt, q.DueAt, covered ? q.Answer : null))],
            covered && course.IsOpen ? WaitingRoomCodes.CodeFor(id, course.Unit, policy, now) : null, contact.Language, visit.Version, now);
    }

    private static ImmutableArray<FamilyMessage> Messages(CareState care, ContactCard contact) => [
        .. care.Updates.SelectMany(u => u.Deliveries, (Update, Delivery) => (Update, Delivery))
            .Where(x => x.Delivery.Contact == contact.Id
                && x.Delivery is { Channel: Channels.Page, State: DeliveryState.Waiting or DeliveryState.Delivered })
            .Select(x => new FamilyMessage(x.Update.LeftAt ?? x.Delivery.At, Text(x.Update.Texts, contact.Language))).OrderByDescending(m => m.At),
    ];

    /// <summary>In the contact's language where the policy has it, in English where not; free text is as it was written.</summary>
    public static string Text(ImmutableArray<LocalText> texts, string? language) =>
        (texts.FirstOrDefault(t => t.Language == language)
            ?? texts.FirstOrDefault(t => language?.StartsWith(t.Language + "-", StringComparison.OrdinalIgnoreCase) == true && t.Language.Length > 0)
            ?? texts.FirstOrDefault(t => t.Language is "en" or "") ?? texts[0]).Text;
}

/// <summary>
/// The codes of the public waiting-room board: they say nothing of who, change every few hours, and are made with a key of the house: whoever knows a
/// visit's id does not know its code.
/// </summary>
public static class WaitingRoomCodes
{
    /// <summary>No vowels, so that no word comes up, and nothing that is mistaken for something else across a room.</summary>
    private const string Alphabet = "BCDFGHJKLMNPQRSTVWXZ2345679";

    /// <summary>Null on a unit whose waiting room has no public board.</summary>
    public static string? CodeFor(VisitId visit, string unit, Policy policy, DateTimeOffset now)
    {
        if (!policy.Family.ShowsWaitingRoom(unit)) return null;
        Span<byte> input = stackalloc byte[24];
        visit.Value.TryWriteBytes(input);
        BitConverter.TryWriteBytes(input[16..], now.UtcTicks / policy.Family.CodePeriod.Ticks);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(policy.Key.For("waiting room"), input, hash);
        return string.Create(5, hash.ToArray(), static (code, bytes) =>
        {
            for (var i = 0; i < code.Length; i++) code[i] = Alphabet[bytes[i] % Alphabet.Length];
        });
    }
}
