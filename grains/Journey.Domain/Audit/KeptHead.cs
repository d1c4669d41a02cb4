using System.Collections.Immutable;
using System.Globalization;

namespace Journey.Domain.Audit;

/// <summary>
/// Where a chain stood once, as somebody outside kept it: <c>0:1234:9f86…</c>, chain, sequence and the entry's hash in hexadecimal.
/// </summary>
public sealed record KeptHead(int Chain, long Sequence, ImmutableArray<byte> Hash)
{
    private const int HashLength = 32;

    public static string Write(IEnumerable<AuditHead> heads) =>
        string.Join(',',
            heads.Select(head => string.Create(CultureInfo.InvariantCulture, $"{head.Chain}:{head.Sequence}:{Convert.ToHexStringLower(head.Hash)}")));

    /// <summary>One or several, separated by commas or blanks; null when it is anything else.</summary>
    public static IReadOnlyList<KeptHead>? Read(string text)
    {
        var heads = new List<KeptHead>();
        foreach (var part in text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Split(':') is not [var chain, var sequence, { Length: 2 * HashLength } hash] || !hash.All(char.IsAsciiHexDigit)
                || !int.TryParse(chain, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
                || !long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var at)) return null;
            heads.Add(new(n, at, [.. Convert.FromHexString(hash)]));
        }

        return heads.Count > 0 ? heads : null;
    }
}
