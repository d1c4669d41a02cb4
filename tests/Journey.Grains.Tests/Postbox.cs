using System.Collections.Concurrent;
using Journey.Contracts.Families;
using Journey.Grains.Families;

namespace Journey.Grains.Tests;

/// <summary>A way out of the house whose answers the tests choose; the real ones have tests of their own.</summary>
public sealed class Postbox(string name) : IFamilyChannel
{
    public string Name => name;

    public ConcurrentQueue<OutgoingMessage> Sent { get; } = new();

    /// <summary>By address; delivered where nothing is said.</summary>
    public ConcurrentDictionary<string, DeliveryAnswer> Answers { get; } = new();

    public Task<(DeliveryAnswer Answer, string? Why)> Send(OutgoingMessage message, CancellationToken cancellation)
    {
        Sent.Enqueue(message);
        return Task.FromResult((Answers.GetValueOrDefault(message.To, DeliveryAnswer.Delivered), (string?)null));
    }
}
