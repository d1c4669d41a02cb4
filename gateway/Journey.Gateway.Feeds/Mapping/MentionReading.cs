using System.Collections.Immutable;
using Journey.Contracts;
using Journey.Contracts.Intake;
using Journey.Contracts.Patients;
using Journey.Contracts.Visits;
using Journey.Gateway.Feeds.Profiles;
using Journey.Gateway.Feeds.Reading;
using Journey.Hl7;

namespace Journey.Gateway.Feeds.Mapping;

/// <summary>
/// Reads a result, an order or a document as far as it says that somebody is still being cared for: which visit it is about, and when it was made.
/// Whoever cannot be made out is no reason to refuse it.
/// </summary>
internal sealed class MentionReading(Hl7Message message, FeedProfile feed, CommandId id, MessageKey key, EventTimes times, Findings findings)
{
    public ImmutableArray<FeedStep> Steps()
    {
        var identifiers = new Identifiers(message, feed, times);
        if (PersonPart.AllIn(message).FirstOrDefault(part => part.Pid.Exists) is not { } part) return [];
        var known = identifiers.Known(part);
        if (known.Value.HasValue ? known.Number.Length > Said.Identifier : VisitReading.Number(part) is null) return [];

        var details = new VisitReading(feed, times, identifiers, findings).Named(part);
        var (order, common, document) = (message["OBR"], message["ORC"], message["TXA"]);
        var at = times.Made(order[22], order[7], document[4], common[9]);
        var mention = new Mention(id.Derive("0"), new Actor("feed/" + feed.Name, feed.Name), at, details, null, key)
        {
            SaidAt = times.SaidAt,
            SentAt = times.MessageAt
        };
        return [new About(PersonReading.Facts(part, known, identifiers, feed), VisitIntent.Mentions, mention, times.Recorded())];
    }
}
