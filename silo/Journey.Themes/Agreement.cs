namespace Journey.Themes;

/// <summary>How far suggestions agree with what persons found.</summary>
/// <param name="Right">Suggested and found.</param>
/// <param name="Wrong">Suggested, not found.</param>
/// <param name="Missed">Found, not suggested.</param>
public readonly record struct Agreement(int Right, int Wrong, int Missed)
{
    /// <summary>How often persons found it.</summary>
    public int Support => Right + Missed;

    /// <summary>The harmonic mean of precision and recall, 0 to 1; null where nobody found or suggested it, and nothing can be said.</summary>
    public double? F1 => Right + Wrong + Missed == 0 ? null : 2.0 * Right / ((2 * Right) + Wrong + Missed);

    public static Agreement operator +(Agreement one, Agreement other) =>
        new(one.Right + other.Right, one.Wrong + other.Wrong, one.Missed + other.Missed);

    public static Agreement Of(string theme, IEnumerable<(IReadOnlySet<string> Found, IReadOnlySet<string> Suggested)> comments) =>
        comments.Aggregate(new Agreement(), (sum, comment) => sum + (comment.Suggested.Contains(theme), comment.Found.Contains(theme)) switch
        {
            (true, true) => new(1, 0, 0),
            (true, false) => new(0, 1, 0),
            (false, true) => new(0, 0, 1),
            _ => default,
        });
}
