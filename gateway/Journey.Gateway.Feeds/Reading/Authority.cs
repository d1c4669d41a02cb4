using System.Collections.Frozen;
using Journey.Contracts;
using Journey.Hl7;

namespace Journey.Gateway.Feeds.Reading;

/// <summary>
/// Who gives numbers out (HD): a namespace, a universal id and its type, each of which may be empty. Compared without regard to case.
/// </summary>
internal readonly record struct Authority(string Namespace, string UniversalId, string UniversalIdType)
{
    public bool IsEmpty => Namespace.Length == 0 && UniversalId.Length == 0;

    /// <summary>The assigning authority of a number: component 4, with its subcomponents.</summary>
    public static Authority From(Hl7Value identifier) => Read(identifier[4, 1], identifier[4, 2], identifier[4, 3]);

    /// <summary>Who stands in where a number has none: the sending facility, or the sending application where there is none.</summary>
    public static Authority Sender(Hl7Message message) =>
        Sender(message["MSH", 4]) is { IsEmpty: false } facility ? facility : Sender(message["MSH", 3]);

    /// <summary>As it is configured: <c>NAMESPACE</c>, or <c>NAMESPACE&amp;1.2.3&amp;ISO</c> with any part left out.</summary>
    public static Authority Parse(string text)
    {
        var parts = text.Split('&');
        return new(Spelled(parts[0]), Spelled(parts.ElementAtOrDefault(1)), Spelled(parts.ElementAtOrDefault(2)));
    }

    /// <summary>The authority that this is a spelling of.</summary>
    public Authority As(FrozenDictionary<string, Authority> spellings) =>
        (Namespace.Length > 0 && spellings.TryGetValue(Namespace, out var one))
        || (UniversalId.Length > 0 && spellings.TryGetValue(UniversalId, out one)) ? one : this;

    /// <summary>Always the same id for the same number of the same kind and authority; it tells nothing of them.</summary>
    public Guid Name(string kind, string number) =>
        NameBasedGuid.Create(NameBasedGuid.Namespace, kind, Namespace, UniversalId, UniversalIdType, number);

    /// <summary>As <see cref="Parse"/> reads it.</summary>
    public override string ToString() => $"{Namespace}&{UniversalId}&{UniversalIdType}";

    private static Authority Sender(Hl7Value designator) => designator.Component(1).HasValue
        ? new(Spelled(designator.Component(1).Name), "", "")
        : Read(default, designator.Component(2), designator.Component(3));

    private static Authority Read(Hl7Value name, Hl7Value id, Hl7Value type) => new(Spelled(name.Name), Spelled(id.Name), Spelled(type.Name));

    private static string Spelled(string? text) => text is null ? "" : text.Trim().ToUpperInvariant();
}
