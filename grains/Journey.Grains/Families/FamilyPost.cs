using System.Collections.Immutable;
using System.Globalization;
using Journey.Contracts;
using Journey.Contracts.Families;
using Journey.Domain.Facts;
using Journey.Domain.Families;
using Journey.Domain.Policies;
using Journey.Grains.Runtime;
using Microsoft.Extensions.Logging;

namespace Journey.Grains.Families;

/// <summary>Hands the words to a family to the channels that lead to it, each once it is durable that it is tried.</summary>
internal sealed partial class FamilyPost(VisitId id, IEnumerable<IFamilyChannel> channels, IGrainFactory grains, TimeProvider clock, ILogger logger)
{
    /// <summary>Hands over what a commit says is tried. Not awaited: the answer comes to the visit as a command of its own.</summary>
    public void Deliver(Visit visit, ImmutableArray<VisitEvent> events, Policy policy)
    {
        foreach (var e in events)
            if (e is DeliveryTried tried) _ = Deliver(visit, tried, policy);
    }

    private async Task Deliver(Visit visit, DeliveryTried tried, Policy policy)
    {
        var contact = visit.Course.Care.Contacts.First(c => c.Id == tried.Contact);
        var update = visit.Course.Care.Updates.First(u => u.Id == tried.Item);
        var isMail = tried.Channel == Channels.Email;
        var notice = (isMail ? policy.Family.Subject : policy.Family.Notice).Select(n => new LocalText(n.Key, n.Value)).Append(new LocalText("", ""));
        var message = new OutgoingMessage(
            $"{tried.Item:N}-{tried.Contact:N}-{tried.Channel}", (isMail ? contact.Email : contact.Phone)
                ?? "", FamilyPages.Text([.. notice], contact.Language), FamilyPages.Text(update.Texts, contact.Language));
        var attempt = update.Deliveries.First(d => d.Contact == tried.Contact && d.Channel == tried.Channel).Attempts;
        var (answer, why) = await Send(tried.Channel, message, policy.Family.Timeout / 2);
        var command = new CommandId(NameBasedGuid.Create(id.Value, "delivered", message.Key, attempt.ToString(CultureInfo.InvariantCulture)));
        try
        {
            await grains.Visit(id)
                .EndDelivery(new EndDelivery(command, Actor.System, clock.GetUtcNow(), tried.Item, tried.Contact, tried.Channel, answer, why));
        }
        catch (Exception e)
        {
            NotEnded(logger, e);
        }
    }

    private async Task<(DeliveryAnswer, string?)> Send(string name, OutgoingMessage message, TimeSpan most)
    {
        var channel = channels.FirstOrDefault(c => c.Name == name);
        if (channel is null) return (DeliveryAnswer.Never, $"no {name} channel is set up");
        using var timeout = new CancellationTokenSource(most, clock);
        try
        {
            return await channel.Send(message, timeout.Token);
        }
        catch (Exception)
        {
            return (DeliveryAnswer.Unknown, "the channel failed");
        }
    }

    [LoggerMessage(2107, LogLevel.Warning,
        "What became of a message to a family could not be recorded; the visit's own deadline finds that nobody answered.")]
    private static partial void NotEnded(ILogger logger, Exception exception);
}
