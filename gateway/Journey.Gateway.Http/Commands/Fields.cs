using System.Text;
using Journey.Contracts;
using Journey.Gateway.Cluster.Text;
using Journey.Gateway.Cluster.Wire;
using Journey.Gateway.Trust.Identity;

namespace Journey.Gateway.Http.Commands;

/// <summary>Reads a request's fields and collects what is wrong with them, by field.</summary>
internal sealed class Fields(DateTimeOffset now)
{
    /// <summary>How far ahead a caller's clock may be.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(2);

    /// <summary>Entries made afterwards are welcome, typing errors in the year are not.</summary>
    private static readonly TimeSpan Behind = TimeSpan.FromDays(Api.Limits.AfterwardsDays);

    private const int LongestName = Api.Limits.Name;

    private static readonly TimeSpan Farthest = TimeSpan.FromDays(Api.Limits.AheadDays);

    public DateTimeOffset Now { get; } = now;
    public Dictionary<string, string[]> Errors { get; } = [];

    /// <summary>Notes an error. What is returned is never used: a request with errors is not carried out.</summary>
    public void Wrong(string field, string message) => Errors[field] = [message];

    /// <summary>Text without control characters and without what acts on it unseen, trimmed; null when empty.</summary>
    public string? Text(string field, string? value, int longest)
    {
        if (value is null) return null;
        var clean = new StringBuilder(value.Length);
        foreach (var c in value) clean.Append(char.IsControl(c) ? ' ' : c);
        var text = PlainText.Sanitize(clean.ToString().Trim());
        if (text.Length > longest) Wrong(field, $"At most {longest} characters.");
        // Signs that nobody sees say nothing.
        return text.Any(c => !char.IsWhiteSpace(c) && char.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.Format) ? text : null;
    }

    public string Required(string field, string? value, int longest)
    {
        var text = Text(field, value, longest);
        if (text is null) Wrong(field, "Required.");
        return text ?? "";
    }

    /// <summary>One of an enumeration's values, as the public contract spells it.</summary>
    public T Choice<T>(string field, string? name) where T : struct, Enum
    {
        if (WireName<T>.Read(name) is { } value) return value;
        Wrong(field, $"One of {WireName<T>.Choices}.");
        return default;
    }

    /// <summary>Yes or no. What was left out is no answer: neither.</summary>
    public bool YesOrNo(string field, bool? answer)
    {
        if (answer is null) Wrong(field, "Required: true or false.");
        return answer.GetValueOrDefault();
    }

    /// <summary>What the patient or their family thinks of their stay, 1 (bad) to 5 (good). The visit checks the range.</summary>
    public int Score(string field, int? score)
    {
        if (score is null) Wrong(field, "Required: 1 (bad) to 5 (good).");
        return score.GetValueOrDefault();
    }

    /// <summary>A member of staff who is to own something; null when nobody is named.</summary>
    public Person? Owner(string? name) => Text("owner", name, LongestName) is { } named ? ActingStaff.Named(named) : null;

    /// <summary>When it happened: now unless said; never later than now, whatever the caller's clock says.</summary>
    public DateTimeOffset Occurred(DateTimeOffset? occurredAt)
    {
        if (occurredAt is not { } at) return Now;
        if (at > Now + Ahead) Wrong("occurredAt", "Must not be in the future.");
        if (at < Now - Behind) Wrong("occurredAt", "Must not be more than a year ago.");
        return at > Now ? Now : at;
    }

    /// <summary>A time to come. Whether it is in the past is the visit's to say, by its own clock.</summary>
    public DateTimeOffset? Expected(string field, DateTimeOffset? value)
    {
        if (value is { } at && (at > Now + Farthest || at < Now - Behind)) Wrong(field, $"Must be within the next {Api.Limits.AheadDays} days.");
        return value;
    }
}
