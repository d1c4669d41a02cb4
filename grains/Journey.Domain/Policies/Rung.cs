namespace Journey.Domain.Policies;

/// <summary>A rung of the escalation ladder.</summary>
/// <param name="To"><see cref="Assigned"/>, or a role.</param>
/// <param name="After">After the alert became a warning that nobody took.</param>
public sealed record Rung(string To, TimeSpan After)
{
    /// <summary>Whoever is responsible for the visit, or owns what is due.</summary>
    public const string Assigned = "assigned";
}
