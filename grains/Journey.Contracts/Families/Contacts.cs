namespace Journey.Contracts.Families;

/// <summary>
/// What a contact may hear (45 CFR 164.510(b): the patient agrees, does not object, or professional judgement says so). Ordered: each holds those
/// before it.
/// </summary>
[GenerateSerializer, Alias("care.consent.v1")]
public enum Consent
{
    /// <summary>Nothing, not even that the patient is here.</summary>
    Nothing,
    /// <summary>That the patient is here, and a one-word condition.</summary>
    Condition,
    /// <summary>Where in the journey, what happens next, when the next word comes.</summary>
    Progress,
    /// <summary>Whatever is relevant to their part in the care.</summary>
    Full,
}

/// <summary>A family contact as staff keep it; the feed's NK1 gives name and relation.</summary>
/// <param name="Id">Stable within the visit.</param>
/// <param name="Order">The contact ladder: 1 is called first.</param>
/// <param name="Language">BCP 47; null when not known.</param>
/// <param name="Email">Where messages go; null when none.</param>
/// <param name="Phone">For the messages of an SMS gateway; they carry no patient data.</param>
/// <param name="Spokesperson">The one who speaks for the family; at most one.</param>
[GenerateSerializer, Immutable, Alias("care.contact.v1")]
public sealed record ContactCard(
    [property: Id(0)] Guid Id, [property: Id(1)] string Name, [property: Id(2)] string? Relation, [property: Id(3)] int Order,
    [property: Id(4)] string? Language,
    [property: Id(5), Sensitive] string? Email, [property: Id(6), Sensitive] string? Phone, [property: Id(7)] Consent Consent,
    [property: Id(8)] bool Spokesperson, [property: Id(9)] bool NeedsInterpreter = false);

/// <summary>Adds a contact, or changes one. A new spokesperson takes the place of the one before.</summary>
[GenerateSerializer, Immutable, Alias("visit.set-contact.v1")]
public sealed record SetContact(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] ContactCard Contact)
    : VisitCommand(Id, By, OccurredAt);

[GenerateSerializer, Immutable, Alias("visit.remove-contact.v1")]
public sealed record RemoveContact(CommandId Id, Actor By, DateTimeOffset OccurredAt, [property: Id(0)] Guid Contact)
    : VisitCommand(Id, By, OccurredAt);

/// <summary>A family contact from NK1 or from staff.</summary>
[GenerateSerializer, Immutable, Alias("journey.family-contact.v1")]
public sealed record FamilyContact([property: Id(0)] string Name, [property: Id(1)] string? Relation)
{
    /// <summary>As sent; null when not said.</summary>
    [Id(2), Sensitive] public string? Telephone { get; init; }
}
