namespace Journey.Api;

// What may be sent, said at the property itself. The description of the interface shows it, and a test sends what is beyond it. Answers of the same
// shape keep to it as well.

/// <summary>How long a text, or each text of a list, may be.</summary>
/// <param name="longest">In UTF-16 characters after trimming; one of <see cref="Limits"/>.</param>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class TextLimitAttribute(int longest) : Attribute
{
    /// <summary>In UTF-16 characters after trimming.</summary>
    public int Longest { get; } = longest;
}

/// <summary>How many a list may have.</summary>
/// <param name="most">One of <see cref="Limits"/>.</param>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class ListLimitAttribute(int most) : Attribute
{
    /// <summary>None when 0.</summary>
    public int Least { get; init; }

    /// <summary>Included.</summary>
    public int Most { get; } = most;
}

/// <summary>How small and how great a number may be.</summary>
/// <param name="least">Included.</param>
/// <param name="most">Included.</param>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class NumberLimitAttribute(int least, int most) : Attribute
{
    /// <summary>Included.</summary>
    public int Least { get; } = least;

    /// <summary>Included.</summary>
    public int Most { get; } = most;
}

/// <summary>A word, or each word of a list, is one of a class of words.</summary>
/// <param name="words">The class whose constants are the words.</param>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class OneOfAttribute(Type words) : Attribute
{
    /// <summary>The class whose constants are the words.</summary>
    public Type Words { get; } = words;
}
