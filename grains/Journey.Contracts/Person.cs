namespace Journey.Contracts;

/// <summary>A member of staff.</summary>
[GenerateSerializer, Immutable, Alias("journey.person.v1")]
public sealed record Person([property: Id(0)] string Id, [property: Id(1)] string Name);

[GenerateSerializer, Alias("journey.care-role.v1")]
public enum CareRole
{
    Nurse,
    Provider,
    /// <summary>The one whom patient and family turn to, whoever is on shift.</summary>
    PointOfContact,
}
