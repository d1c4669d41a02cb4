using System.Collections.Immutable;
using System.Text.Json;
using Journey.Contracts;
using Journey.Contracts.Visits;
using Journey.Domain.Facts;
using Journey.Domain.Families;

namespace Journey.Domain.Visits;

/// <summary>A visit's commits and card row as JSON: readable, and queryable, without this program.</summary>
public static class VisitJson
{
    /// <summary>Where in a card's row sensitive texts lie.</summary>
    public static readonly SensitiveShape RowShape = SensitiveShape.For<VisitRow>();

    /// <summary>Every text that a card's row can hold.</summary>
    public static IReadOnlyList<StoredText> RowTexts => SensitiveShape.TextsIn<VisitRow>();

    public static byte[] Write(Actor by, ImmutableArray<VisitEvent> events) => VisitEvent.Codec.Write(by, events);

    /// <summary>Throws <see cref="JsonException"/> when the payload is not one that any version has written.</summary>
    public static VisitCommit Read(long version, Guid command, DateTimeOffset recordedAt, ReadOnlySpan<byte> payload)
    {
        var (by, events) = VisitEvent.Codec.Read(payload);
        return new VisitCommit(version, command, recordedAt, by!, events);
    }

    public static byte[] WriteRow(VisitRow row) => JsonSerializer.SerializeToUtf8Bytes(row, VisitJsonContext.Default.VisitRow);

    public static VisitRow ReadRow(ReadOnlySpan<byte> row) => ReadRow(row, out _);

    /// <summary>
    /// A list that the version which wrote the row did not know is empty: the generated reader does not run what a member is initialised with.
    /// </summary>
    /// <param name="isOutdated">A version before 2026-12 wrote it: it knew no doubts, and its next deadline passes over silence.</param>
    public static VisitRow ReadRow(ReadOnlySpan<byte> row, out bool isOutdated)
    {
        var read = JsonSerializer.Deserialize(row, VisitJsonContext.Default.VisitRow) ?? throw new JsonException("An empty row.");
        isOutdated = read.Doubts.IsDefault;
        return read with
        {
            StepsAhead = OrNone(read.StepsAhead),
            Alerts = OrNone(read.Alerts),
            Owed = OrNone(read.Owed),
            Locks = OrNone(read.Locks),
            Prompts = OrNone(read.Prompts),
            // What a version before 2026-12 wrote knew the feed's flag alone.
            Patient = Disclosure.Shown(read.Patient, read.Locks),
            Glass = OrNone(read.Glass),
            Doubts = OrNone(read.Doubts),
            Links = OrNone(read.Links),
        };
    }

    private static ImmutableArray<T> OrNone<T>(ImmutableArray<T> read) => read.IsDefault ? [] : read;
}
