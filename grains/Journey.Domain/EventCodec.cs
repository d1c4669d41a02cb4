using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Journey.Contracts;

namespace Journey.Domain;

/// <summary>
/// How the events of one kind of stream are written in the journal: JSON that can be read, and queried, without this program. One payload holds all
/// events of one command.
/// </summary>
public abstract class EventCodec
{
    /// <summary>Where in a payload sensitive texts lie.</summary>
    public abstract SensitiveShape Shape { get; }

    /// <summary>Every text that a payload can hold.</summary>
    public abstract IReadOnlyList<StoredText> Texts { get; }
}

/// <inheritdoc />
public abstract class EventCodec<TEvent> : EventCodec
{
    /// <summary>The payload of one command, UTF-8.</summary>
    public abstract byte[] Write(Actor by, ImmutableArray<TEvent> events);

    /// <summary>
    /// What a payload says, and by whom; null where the payload does not say by whom. Throws <see cref="JsonException"/> when it is none that any
    /// version has written.
    /// </summary>
    public abstract (Actor? By, ImmutableArray<TEvent> Events) Read(ReadOnlySpan<byte> payload);
}

/// <summary>The usual payload: <c>{"by":…,"events":[…]}</c>.</summary>
public sealed record EventList<TEvent>(Actor By, ImmutableArray<TEvent> Events);

/// <summary>The payload of streams whose commands have one event each: <c>{"by":…,"event":…}</c>.</summary>
public sealed record SingleEvent<TEvent>(Actor By, TEvent Event);

/// <inheritdoc cref="EventList{TEvent}" />
internal sealed class EventListCodec<TEvent>(JsonTypeInfo<EventList<TEvent>> json) : EventCodec<TEvent>
{
    public override SensitiveShape Shape => field ??= SensitiveShape.For<EventList<TEvent>>();

    public override IReadOnlyList<StoredText> Texts => SensitiveShape.TextsIn<EventList<TEvent>>();

    public override byte[] Write(Actor by, ImmutableArray<TEvent> events) =>
        JsonSerializer.SerializeToUtf8Bytes(new EventList<TEvent>(by, events), json);

    public override (Actor? By, ImmutableArray<TEvent> Events) Read(ReadOnlySpan<byte> payload)
    {
        var (by, events) = JsonSerializer.Deserialize(payload, json) ?? throw new JsonException("An empty payload.");
        return (by, events);
    }
}

/// <inheritdoc cref="SingleEvent{TEvent}" />
internal sealed class SingleEventCodec<TEvent>(JsonTypeInfo<SingleEvent<TEvent>> json) : EventCodec<TEvent>
{
    public override SensitiveShape Shape => field ??= SensitiveShape.For<SingleEvent<TEvent>>();

    public override IReadOnlyList<StoredText> Texts => SensitiveShape.TextsIn<SingleEvent<TEvent>>();

    public override byte[] Write(Actor by, ImmutableArray<TEvent> events) =>
        JsonSerializer.SerializeToUtf8Bytes(new SingleEvent<TEvent>(by, events.Single()), json);

    public override (Actor? By, ImmutableArray<TEvent> Events) Read(ReadOnlySpan<byte> payload)
    {
        var (by, e) = JsonSerializer.Deserialize(payload, json) ?? throw new JsonException("An empty payload.");
        return (by, [e]);
    }
}

/// <summary>The payload is the one event itself: <c>{"event":…}</c>. By whom stands in the journal's row alone.</summary>
internal sealed class BareEventCodec<TEvent>(JsonTypeInfo<TEvent> json) : EventCodec<TEvent>
{
    public override SensitiveShape Shape => field ??= SensitiveShape.For<TEvent>();

    public override IReadOnlyList<StoredText> Texts => SensitiveShape.TextsIn<TEvent>();

    public override byte[] Write(Actor by, ImmutableArray<TEvent> events) => JsonSerializer.SerializeToUtf8Bytes(events.Single(), json);

    public override (Actor? By, ImmutableArray<TEvent> Events) Read(ReadOnlySpan<byte> payload) =>
        (null, [JsonSerializer.Deserialize(payload, json) ?? throw new JsonException("An empty payload.")]);
}
