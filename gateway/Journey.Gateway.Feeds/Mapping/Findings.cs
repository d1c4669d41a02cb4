using System.Collections.Immutable;
using Journey.Gateway.Cluster.Text;

namespace Journey.Gateway.Feeds.Mapping;

/// <summary>Something in a message that an interface engineer should look at; it changed nothing. Holds no patient data.</summary>
/// <param name="Field">Where it was said, such as <c>PV1-2</c>.</param>
/// <param name="Code">A code that no table knows, at most 40 printable characters; null for a time that is not believed.</param>
internal readonly record struct Finding(string Field, string? Code);

/// <summary>Collects what is found while one message is read.</summary>
internal sealed class Findings
{
    private const int LongestCode = 40;
    private readonly List<Finding> _found = [];

    public ImmutableArray<Finding> All => [.. _found];

    /// <summary>A code that no table knows. Text that is too long to be one is left out: it may be about the patient.</summary>
    public void Unknown(string field, string code)
    {
        code = PlainText.Sanitize(code.Trim());
        if (code.Length is 0 or > LongestCode || code.Any(c => char.IsControl(c) || c is '\uFFFD')) return;
        Add(new(field, code));
    }

    public void NotBelieved(string field) => Add(new(field, null));

    private void Add(Finding finding)
    {
        if (!_found.Contains(finding)) _found.Add(finding);
    }
}
