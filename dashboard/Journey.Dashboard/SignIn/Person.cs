using Journey.Api;
using Journey.Dashboard.Parts;

namespace Journey.Dashboard.SignIn;

/// <summary>Who acts at this screen: who signed in, and where nobody can, whoever says so.</summary>
public sealed class Person(Browser browser)
{
    private const string Key = "journey.person";

    public string? Name { get; private set; }

    /// <summary>Null where nobody signs in.</summary>
    public Me? Account { get; private set; }

    /// <summary>The server has said that nobody signs in.</summary>
    public bool NobodySignsIn { get; private set; }

    /// <summary>As whom requests are sent: nobody where the sign-in says who it is.</summary>
    public string? ActingAs => Account is null ? Name : null;

    public event Action? Changed;

    public void SignedIn(Me account)
    {
        (Account, Name) = (account, account.Name);
        Changed?.Invoke();
    }

    public void IsAnybody()
    {
        NobodySignsIn = true;
        Changed?.Invoke();
    }

    public async Task Load()
    {
        if (Account is not null) return;
        Name = await browser.Read(Key);
        Changed?.Invoke();
    }

    public async Task Become(string? name)
    {
        Name = string.IsNullOrWhiteSpace(name) ? null : name.Trim();
        await browser.Store(Key, Name);
        Changed?.Invoke();
    }

    /// <summary>Whether they have a role; where nobody signs in everybody has every one.</summary>
    public bool Has(string role) => Account is null || Account.Roles.Contains(role);

    /// <summary>Whether they have a role on a unit; <c>*</c> asks for every one.</summary>
    public bool Holds(string role, string unit) => Has(role) && IsOf(unit);

    /// <summary>Whether the boards of a unit are open to them: asking for another's would stand in the trail as an attempt.</summary>
    public bool Watches(string unit) => Account is null || Has(Roles.OperationsLead) || IsCaring && IsOf(unit);

    /// <summary>Whether a unit's wall is open to them.</summary>
    public bool WatchesWall(string unit) => Account is null || Has(Roles.OperationsLead) || (IsClinical || Has(Roles.WallDisplay)) && IsOf(unit);

    /// <summary>Of all units those whose boards are open to them; none while the units are not known.</summary>
    public IEnumerable<Unit> Watched(IEnumerable<Unit>? all) => (all ?? []).Where(unit => Watches(unit.Code));

    /// <summary>The units whose walls this screen is for, when it is a wall's and nobody's desk; else none.</summary>
    public IReadOnlyList<string> WallsOf => Account is { Roles: [Roles.WallDisplay] } wall ? wall.Units : [];

    /// <summary>Whether they have a part in patients' care, and so something to record.</summary>
    public bool IsCaring => Has(Roles.ChargeNurse) || Has(Roles.Nurse) || Has(Roles.Provider) || Has(Roles.FamilyLiaison);

    /// <summary>
    /// Whether they look after patients themselves: steps, acuity, rounds, assignments and handoffs are theirs. Whoever looks after families is told
    /// of none that is clinical.
    /// </summary>
    public bool IsClinical => Has(Roles.ChargeNurse) || Has(Roles.Nurse) || Has(Roles.Provider);

    /// <summary>Whether rows come to them with acuity and clinical clocks.</summary>
    public bool KnowsAcuity => IsClinical || Has(Roles.OperationsLead);

    private bool IsOf(string unit) => Account is not { } me || me.Units.Contains(UnitCodes.Every) || me.Units.Contains(unit);

    public bool Is(string? name) => Name is not null && name is not null && Name.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase);
}
