namespace Journey.Dashboard.Shell;

/// <summary>Something that the palette offers.</summary>
/// <param name="Kind">What kind of thing it is, in a word.</param>
/// <param name="Says">What it is called, or what it does.</param>
/// <param name="More">What tells it from others beside.</param>
/// <param name="Do">Done once somebody chose it.</param>
public sealed record PaletteEntry(string Kind, string Says, string? More, Action Do)
{
    /// <summary>It asks on in the same place: the palette gives way to it.</summary>
    public bool AsksOn { get; init; }

    /// <summary>
    /// How well words fit: each has to begin a word of it, or to be in it, or all of them are its initials. The better the smaller; null when they
    /// do not.
    /// </summary>
    public int? Fit(string typed)
    {
        var wanted = typed.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var whole = $"{Says} {More}";
        var words = whole.Split([' ', ',', '-'], StringSplitOptions.RemoveEmptyEntries);
        if (Array.TrueForAll(wanted, want => Array.Exists(words, word => word.StartsWith(want, StringComparison.CurrentCultureIgnoreCase)))) return 0;
        if (wanted is [{ Length: 2 } initials] && Initials(initials)) return 1;
        return Array.TrueForAll(wanted, want => whole.Contains(want, StringComparison.CurrentCultureIgnoreCase)) ? 2 : null;
    }

    /// <summary>As one says them: given name first, which stands last.</summary>
    private bool Initials(string typed)
    {
        var parts = Says.Split(", ");
        return parts is [{ Length: > 0 } family, { Length: > 0 } given]
            && (Same(typed[0], given[0]) && Same(typed[1], family[0]) || Same(typed[0], family[0]) && Same(typed[1], given[0]));
    }

    private static bool Same(char one, char other) => char.ToUpperInvariant(one) == char.ToUpperInvariant(other);
}
