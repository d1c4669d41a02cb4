using Journey.Contracts.Families;

namespace Journey.Grains.Families;

/// <summary>A way for word to reach a family outside the family page.</summary>
public interface IFamilyChannel
{
    /// <summary><c>email</c> or <c>sms</c>; see <c>Channels</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Hands one message over. Answers <see cref="DeliveryAnswer.NotNow"/> only when it certainly was not sent, and
    /// <see cref="DeliveryAnswer.Unknown"/> when nobody can tell. Does not throw.
    /// </summary>
    Task<(DeliveryAnswer Answer, string? Why)> Send(OutgoingMessage message, CancellationToken cancellation);
}

/// <summary>A message on its way out.</summary>
/// <param name="Key">The same however often it is tried: by it a channel that can tells a repeat.</param>
/// <param name="To">An address or a telephone number.</param>
/// <param name="Notice">What an SMS says, or the subject of a mail; holds nothing of the patient.</param>
/// <param name="Text">The word itself; for channels that may carry it.</param>
public sealed record OutgoingMessage(string Key, string To, string Notice, string Text);
