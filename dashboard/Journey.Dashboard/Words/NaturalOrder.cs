namespace Journey.Dashboard.Words;

/// <summary>Bed 2 before bed 10.</summary>
public sealed class NaturalOrder : IComparer<string?>
{
    public static NaturalOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        if (x is null || y is null) return (x is null ? 1 : 0) - (y is null ? 1 : 0);
        int i = 0, j = 0;
        while (i < x.Length && j < y.Length)
        {
            int by;
            if (char.IsAsciiDigit(x[i]) && char.IsAsciiDigit(y[j]))
            {
                var a = Digits(x, ref i);
                var b = Digits(y, ref j);
                by = a.Length != b.Length ? a.Length - b.Length : a.CompareTo(b, StringComparison.Ordinal);
            }
            else
            {
                by = char.ToUpperInvariant(x[i++]) - char.ToUpperInvariant(y[j++]);
            }
            if (by != 0) return by;
        }
        return (x.Length - i) - (y.Length - j);
    }

    private static ReadOnlySpan<char> Digits(string text, ref int at)
    {
        var from = at;
        while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
        return text.AsSpan(from, at - from).TrimStart('0');
    }
}
