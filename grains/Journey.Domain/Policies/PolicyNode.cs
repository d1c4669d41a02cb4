using System.Collections.Immutable;
using System.Globalization;
using Journey.Contracts.Visits;
using YamlDotNet.RepresentationModel;

namespace Journey.Domain.Policies;

/// <summary>
/// A mapping of a policy pack under the reader's eye: every problem is noted with its line and key, and what was never asked for is a mistake.
/// </summary>
internal sealed class PolicyNode(YamlMappingNode node, string path, ImmutableArray<PolicyError>.Builder errors)
{
    private static readonly string[] Acuities = ["unknown", "1", "2", "3", "4", "5"];
    private readonly HashSet<string> _read = [];

    public string Text(string key)
    {
        if (OptionalText(key) is { Length: > 0 } text) return text;
        Error(key, "is missing");
        return "";
    }

    public string? OptionalText(string key)
    {
        if (Find(key) is not { } value) return null;
        if (value is YamlScalarNode { Value: { } text }) return text.Trim();
        Error(key, "must be a text");
        return null;
    }

    public int Int(string key, int min, int max)
    {
        var text = Text(key);
        if (int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max) return number;
        if (text.Length > 0) Error(key, $"must be a whole number from {min} to {max}");
        return min;
    }

    public bool Flag(string key)
    {
        var text = OptionalText(key);
        if (text is null or "true" or "false") return text == "true";
        Error(key, "must be true or false");
        return false;
    }

    public T Choice<T>(string key) where T : struct, Enum
    {
        var text = Text(key);
        if (Named<T>(text) is { } value) return value;
        if (text.Length > 0) Error(key, $"must be one of {string.Join(", ", Enum.GetNames<T>().Select(Camel))}, not '{text}'");
        return default;
    }

    public IEnumerable<T> Choices<T>(string key) where T : struct, Enum
    {
        foreach (var text in Texts(key))
            if (Named<T>(text) is { } value) yield return value;
            else Error(key, $"must be of {string.Join(", ", Enum.GetNames<T>().Select(Camel))}, not '{text}'");
    }

    public int Int(string key, int min, int max, int otherwise) => Has(key) ? Int(key, min, max) : otherwise;

    public TimeSpan Duration(string key, TimeSpan otherwise, TimeSpan max)
    {
        var value = Duration(key, otherwise);
        if (value <= max) return value;
        Error(key, $"must be at most {max.TotalMinutes:0} min");
        return otherwise;
    }

    /// <summary>From one time of day until another, local to the policy's time zone.</summary>
    public Hours Hours()
    {
        return new Hours(Time("from", Text("from")), Time("until", Text("until")));
    }

    /// <summary>Times of day, local to the policy's time zone.</summary>
    public IEnumerable<TimeOnly> Times(string key) => Texts(key).Select(text => Time(key, text));

    private TimeOnly Time(string key, string text)
    {
        if (TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return time;
        if (text.Length > 0) Error(key, $"must be a time of day such as \"22:00\", not '{text}'");
        return default;
    }

    public bool Has(string key) => node.Children.Keys.Any(k => k is YamlScalarNode scalar && scalar.Value == key);

    public T Choice<T>(string key, T otherwise) where T : struct, Enum => Has(key) ? Choice<T>(key) : otherwise;

    public TimeSpan Duration(string key, TimeSpan otherwise) => OptionalText(key) is { } text ? Parse(key, text) ?? otherwise : otherwise;

    /// <summary>Six durations, by acuity: 0 is unknown.</summary>
    public TimeSpan?[] Durations(string key)
    {
        var durations = new TimeSpan?[6];
        switch (Find(key))
        {
            case YamlScalarNode { Value: { } text }:
                Array.Fill(durations, Parse(key, text));
                break;
            case YamlMappingNode map:
                var node = Below(map, key);
                for (var acuity = 0; acuity < 6; acuity++)
                    if (node.OptionalText(Acuities[acuity]) is { } duration) durations[acuity] = node.Parse(Acuities[acuity], duration);
                node.RejectUnread();
                break;
            case null:
                break;
            default:
                Error(key, "must be a duration, or one for each acuity");
                break;
        }

        return durations;
    }

    public IEnumerable<string> Texts(string key)
    {
        if (Find(key) is not { } value) yield break;
        if (value is not YamlSequenceNode list)
        {
            Error(key, "must be a list");
            yield break;
        }

        foreach (var item in list)
            if (item is YamlScalarNode { Value: { Length: > 0 } text }) yield return text.Trim();
            else Error(key, "must be a list of texts");
    }

    public IEnumerable<PolicyNode> List(string key)
    {
        if (Find(key) is not { } value) yield break;
        if (value is not YamlSequenceNode list)
        {
            Error(key, "must be a list");
            yield break;
        }

        var index = 0;
        foreach (var item in list)
        {
            if (item is YamlMappingNode map) yield return Below(map, $"{key}[{index}]");
            else Error(key, "must be a list of mappings");
            index++;
        }
    }

    public PolicyNode? Map(string key)
    {
        var value = Find(key);
        if (value is YamlMappingNode map) return Below(map, key);
        if (value is not null) Error(key, "must be a mapping");
        return null;
    }

    public IEnumerable<string> Keys() => node.Children.Keys.OfType<YamlScalarNode>().Select(k => k.Value!).ToArray();

    public PatientClass? Class(string key) => ClassNamed(key, key);

    public PatientClass? ClassNamed(string key, string text)
    {
        if (Named<PatientClass>(text) is { } value) return value;
        Error(key, $"must be one of {string.Join(", ", Enum.GetNames<PatientClass>().Select(Camel))}, not '{text}'");
        return null;
    }

    public void RejectUnread()
    {
        foreach (var key in Keys())
            if (!_read.Contains(key)) Error(key, "is not a key that is known here");
    }

    /// <summary>Notes a mistake once.</summary>
    public void Error(string key, string message)
    {
        var at = node.Children.Keys.FirstOrDefault(k => k is YamlScalarNode scalar && scalar.Value == key) ?? node;
        var error = new PolicyError(at.Start.Line, path.Length == 0 ? key : $"{path}.{key}", message);
        if (!errors.Contains(error)) errors.Add(error);
    }

    private TimeSpan? Parse(string key, string text)
    {
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts is [var number, var unit] && double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
        {
            var seconds = unit switch { "s" => 1, "min" => 60, "h" => 3600, "d" => 86400, _ => 0 };
            if (seconds > 0 && value * seconds <= 366 * 86400) return TimeSpan.FromSeconds(value * seconds);
        }

        Error(key, $"must be a duration such as '30 min' or '4 h', not '{text}'");
        return null;
    }

    private PolicyNode Below(YamlMappingNode map, string key) => new(map, path.Length == 0 ? key : $"{path}.{key}", errors);

    private YamlNode? Find(string key)
    {
        _read.Add(key);
        foreach (var (name, value) in node.Children)
            if (name is YamlScalarNode scalar && scalar.Value == key) return value;
        return null;
    }

    /// <summary>One name, whatever its case; neither a number nor several names, which an enum would also be parsed from.</summary>
    private static T? Named<T>(string text) where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
            if (string.Equals(value.ToString(), text, StringComparison.OrdinalIgnoreCase)) return value;
        return null;
    }

    internal static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
