using Journey.Domain.Policies;

namespace Journey.Grains.Hosting;

/// <summary>The policy pack cannot be used. Stops the start: a board with the wrong thresholds is worse than none.</summary>
public sealed class PolicyException(string message) : Exception(message);

/// <summary>Loads the policy pack.</summary>
public static class PolicyFile
{
    public static Policy Load(string? path)
    {
        if (string.IsNullOrWhiteSpace(path)) return PolicyReader.Default;
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new PolicyException($"Journey:Policy:Path: the policy pack '{path}' cannot be read ({e.Message}). Name a readable file, or remove the setting to use the built-in pack.");
        }

        var reading = PolicyReader.Read(text);
        return reading.Policy ?? throw new PolicyException(
            $"Journey:Policy:Path: the policy pack '{path}' has {reading.Errors.Length} error(s):\n" + string.Join('\n', reading.Errors.Select(e => "  " + e)));
    }
}
