namespace Journey.Hosting.Usage;

/// <summary>What a command was given: words, and options as <c>--name value</c> or <c>--name=value</c>, each at most once.</summary>
public sealed class Options
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly string _usage;

    /// <param name="known">The options there are.</param>
    /// <exception cref="UsageException">An option is unknown, twice or without a value.</exception>
    public Options(IReadOnlyList<string> args, string usage, params string[] known)
    {
        _usage = usage;
        var words = new List<string>();
        for (var i = 0; i < args.Count; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
            {
                words.Add(args[i]);
                continue;
            }

            var end = args[i].IndexOf('=', StringComparison.Ordinal);
            var name = end < 0 ? args[i][2..] : args[i][2..end];
            if (!known.Contains(name)) throw Wrong($"There is no option '--{name}'.");
            if (end < 0 && i + 1 == args.Count) throw Wrong($"'--{name}' is without a value.");
            if (!_values.TryAdd(name, end < 0 ? args[++i] : args[i][(end + 1)..])) throw Wrong($"'--{name}' was given twice.");
        }

        Words = words;
    }

    /// <summary>What was given without a name, in its order.</summary>
    public IReadOnlyList<string> Words { get; }

    public string? this[string name] => _values.GetValueOrDefault(name);

    /// <exception cref="UsageException">It was not given.</exception>
    public string Required(string name) => this[name] ?? throw Wrong($"'--{name}' is missing.");

    /// <summary>What is wrong, and how the command is used.</summary>
    public UsageException Wrong(string what) => new($"{what}\nUsage: {_usage}");
}
