using Journey.Domain.Policies;

namespace Journey.Grains.Hosting;

/// <summary>The policy pack cannot be used. Stops the start: a board with the wrong thresholds is worse than none.</summary>
public sealed class PolicyException(string message) : Exception(message);

/// <summary>Loads the policy pack.</summary>
public static class PolicyFile
{
    /// <summary>Before the name of a pack that ships with Journey, as in <c>builtin:ctas</c>.</summary>
    private const string BuiltIn = "builtin:";

    public static Policy Load(string? path)
    {
        if (string.IsNullOrWhiteSpace(path)) return PolicyReader.Default;
        if (path.StartsWith(BuiltIn, StringComparison.OrdinalIgnoreCase))
            return PolicyReader.BuiltIn(path[BuiltIn.Length..]) ?? throw new PolicyException(
                $"Journey:Policy:Path: there is no built-in policy pack '{path[BuiltIn.Length..]}'. There are: {string.Join(", ", PolicyReader.BuiltInNames)}.");
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new PolicyException(
                $"Journey:Policy:Path: the policy pack '{path}' cannot be read ({e.Message}). Name a readable file, or remove the setting to use "
                    + $"the built-in pack.");
        }

        var reading = PolicyReader.Read(text);
        return reading.Policy ?? throw new PolicyException(
            $"Journey:Policy:Path: the policy pack '{path}' has {reading.Errors.Length} error(s):\n"
                + string.Join('\n', reading.Errors.Select(e => "  " + e)));
    }
}
