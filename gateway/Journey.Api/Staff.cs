namespace Journey.Api;

/// <summary>A member of staff.</summary>
/// <param name="Name">As screens show it.</param>
/// <param name="Roles"><c>nurse</c>, <c>charge-nurse</c>, <c>provider</c>, <c>family-liaison</c>, <c>house-supervisor</c>,
/// <c>operations-lead</c>.</param>
/// <param name="Units">Where they usually work; empty: anywhere.</param>
public sealed record StaffMember(
    [TextLimit(Limits.Name)] string Name, [ListLimit(Limits.Roles, Least = 1), TextLimit(Limits.Name)] IReadOnlyList<string> Roles,
    [ListLimit(Limits.UnitsOfOne), TextLimit(Limits.Unit)] IReadOnlyList<string> Units)
{
    /// <summary>
    /// What the hospital tells its employees apart by, as their sign-in says it. Null: only their name is known, and a name opens nothing. Wherever
    /// somebody is named,
    /// <c>employee/</c> and this says which of several namesakes.
    /// </summary>
    [TextLimit(Limits.Name)]
    public string? Employee { get; init; }
}

/// <summary>Somebody works on a unit in a role.</summary>
/// <param name="Name">Who, as screens show it.</param>
/// <param name="Role">One of <see cref="Roles"/>.</param>
/// <param name="Unit">The unit's code.</param>
/// <param name="From">When it began, or begins.</param>
/// <param name="Until">When it ends, or ended.</param>
public sealed record Shift(string Name, string Role, string Unit, DateTimeOffset From, DateTimeOffset Until);

/// <summary>
/// <c>POST /api/v1/shifts</c>. A shift that they have there in that role becomes this one; cutting it short with patients is refused as
/// <c>shift-has-patients</c>.
/// </summary>
/// <param name="Name">Who, by name; required.</param>
/// <param name="Role">One of <see cref="Roles"/>, or of the policy's ladder; required.</param>
/// <param name="Unit">The unit's code; required.</param>
/// <param name="From">Now when omitted, or when the shift that they have began.</param>
/// <param name="Until">Twelve hours later when omitted, or when the shift that they have ends.</param>
public sealed record ShiftRequest(
    [TextLimit(Limits.Name)] string? Name, [TextLimit(Limits.Name)] string? Role, [TextLimit(Limits.Unit)] string? Unit,
    DateTimeOffset? From = null, DateTimeOffset? Until = null)
{
    /// <summary>True: cut it short all the same. The patients have no nurse from its end on.</summary>
    public bool LeavePatients { get; init; }
}

/// <summary>
/// <c>POST /api/v1/shifts/end</c>. Somebody's last shift with patients is refused as <c>shift-has-patients</c>, with how many in <c>patients</c>:
/// hand them over first.
/// </summary>
/// <param name="Name">Who, by name; required.</param>
/// <param name="Role">As the shift's; required.</param>
/// <param name="Unit">The unit's code; required.</param>
public sealed record EndShiftRequest(
    [TextLimit(Limits.Name)] string? Name, [TextLimit(Limits.Name)] string? Role, [TextLimit(Limits.Unit)] string? Unit)
{
    /// <summary>True: end it all the same. The patients have no nurse from then on.</summary>
    public bool LeavePatients { get; init; }
}

/// <summary>Everything one person, or a role, owes across units, the one due first in front.</summary>
/// <param name="Addressee">A name, or <c>role/charge-nurse@ED</c>.</param>
/// <param name="Version">Grows with every change of the list.</param>
/// <param name="AsOf">The server's time when this was true.</param>
/// <param name="Items">The one due first in front.</param>
public sealed record OwedList(string Addressee, long Version, DateTimeOffset AsOf, IReadOnlyList<ListItem> Items);

/// <summary>One thing owed, with where it is owed.</summary>
/// <param name="VisitId">Null for what a unit owes as a whole.</param>
/// <param name="Unit">The unit's code.</param>
/// <param name="Room">The patient's room; null when they are in none.</param>
/// <param name="Bed">The patient's bed; null when they have none.</param>
/// <param name="Patient">Null for what a unit owes as a whole.</param>
/// <param name="Owed">What is owed.</param>
/// <param name="Says">For an alert what the policy calls it, for what a unit owes what is to be done.</param>
/// <param name="Severity">For an alert.</param>
public sealed record ListItem(Guid? VisitId, string Unit, string? Room, string? Bed, Patient? Patient, Owed Owed, string? Says, string? Severity);
