using Journey.Gateway.Feeds.Mapping;

namespace Journey.Gateway.Feeds.Monitoring;

/// <summary>What the messages of one feed have shown of it since the gateway started. Not safe for several threads at once.</summary>
internal sealed class FeedNotes
{
    private const int MaxCodes = 50;

    /// <summary>An odd number, so that the middle one of them is one of them.</summary>
    private const int Recent = 5;

    private readonly Dictionary<(string Field, string Code), long> _codes = [];
    private readonly UnitFacilities _units = new();
    private readonly Queue<TimeSpan> _ages = [];
    private IReadOnlyList<Api.UnknownCode>? _shown;

    /// <summary>How old the last messages were when they came, the middle one of a few: one late message does not make a feed late.</summary>
    public TimeSpan Age => _ages.Count == 0 ? TimeSpan.Zero : _ages.Order().ElementAt(_ages.Count / 2);

    /// <summary>Most frequent first.</summary>
    public IReadOnlyList<Api.UnknownCode> UnknownCodes =>
        _shown ??= [.. _codes.OrderByDescending(one => one.Value).ThenBy(one => one.Key.Field, StringComparer.Ordinal)
            .ThenBy(one => one.Key.Code, StringComparer.Ordinal)
            .Select(one => new Api.UnknownCode(one.Key.Field, one.Key.Code, one.Value))];

    public IReadOnlyList<string> Warnings => _units.Warnings;

    public void Take(Mapped mapped, DateTimeOffset receivedAt)
    {
        if (mapped.MessageAt is { } sent)
        {
            _ages.Enqueue(receivedAt > sent ? receivedAt - sent : TimeSpan.Zero);
            if (_ages.Count > Recent) _ages.Dequeue();
        }

        foreach (var finding in mapped.Findings)
            if (finding.Code is { } code) Count(finding.Field, code);
        _units.Note(mapped);
    }

    private void Count(string field, string code)
    {
        if (!_codes.TryGetValue((field, code), out var count) && _codes.Count >= MaxCodes) return;
        _codes[(field, code)] = count + 1;
        _shown = null;
    }
}
