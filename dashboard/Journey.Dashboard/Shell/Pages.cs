using Journey.Api;
using Journey.Dashboard.SignIn;

namespace Journey.Dashboard.Shell;

/// <summary>A page that stands in the bar, and for whom.</summary>
public sealed record Page(string Address, string Title, Func<Person, bool> IsFor)
{
    public static readonly Page Families = new("families", "Families", person => person.IsCaring);
    public static readonly Page Alerts = new("alerts", "Alerts", person => person.IsCaring || person.Has(Roles.OperationsLead));

    public static IReadOnlyList<Page> All { get; } =
    [
        new("", "Units", _ => true), Families, Alerts,
        new("mine", "My list", person => person.IsCaring), new("shifts", "Shifts", person => person.IsCaring),
        new("hotline", "Hotline", person => person.Has(Roles.ChargeNurse) || person.Has(Roles.FamilyLiaison)),
        new("feeds", "Feeds", person => Signed(person, Roles.IntegrationEngineer)),
        new("walls", "Walls", person => Signed(person, Roles.ChargeNurse, Roles.Administrator)),
        new("sessions", "Signed in", person => Signed(person, Roles.PrivacyOfficer, Roles.Administrator)),
        new("privacy", "Privacy", person => Signed(person, Roles.PrivacyOfficer)), new("audit", "Audit", person => Signed(person, Roles.PrivacyOfficer)),
    ];

    /// <summary>Where nobody signs in there is nothing of it.</summary>
    private static bool Signed(Person person, params ReadOnlySpan<string> roles)
    {
        foreach (var role in roles)
            if (person.Account is not null && person.Has(role)) return true;
        return false;
    }
}
