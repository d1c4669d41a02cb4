using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using Journey.Hl7;

namespace Journey.Gateway.Feeds.Reading;

/// <summary>A place in a message, as it is configured: <c>PV1-3.2</c>, <c>ZTR-2</c>.</summary>
/// <param name="Component">From 1; null for the whole field.</param>
internal sealed partial record FieldPath(string Segment, int Field, int? Component)
{
    public static bool TryParse(string? text, [NotNullWhen(true)] out FieldPath? path)
    {
        path = null;
        if (text is null || Form().Match(text.Trim().ToUpperInvariant()) is not { Success: true } match) return false;
        path = new(match.Groups[1].Value, Number(match.Groups[2]), match.Groups[3].Success ? Number(match.Groups[3]) : null);
        return true;
    }

    /// <summary>What one person's part of a message says there.</summary>
    public Hl7Value Read(PersonPart part)
    {
        var field = part.Segment(Segment)[Field];
        return Component is { } number ? field.Component(number) : field;
    }

    private static int Number(Group group) => int.Parse(group.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^([A-Z][A-Z0-9]{2})-([1-9][0-9]{0,2})(?:\.([1-9][0-9]?))?$")]
    private static partial Regex Form();
}
