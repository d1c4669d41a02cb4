using System.Collections.Immutable;
using Journey.Contracts.Access;

namespace Journey.Domain.Policies;

/// <summary><c>snooping</c>: from when on somebody's looking is worth the privacy officer's question.</summary>
public sealed record SnoopingPolicy
{
    /// <summary>
    /// <c>patients</c>: how many patients whom they have no part in somebody of a role opens in a shift, 1–10,000; more is more than usual, where
    /// nothing is known of what is usual for them. Of several roles the highest counts.
    /// </summary>
    public ImmutableDictionary<Role, int> Patients { get; init; } = new Dictionary<Role, int>
    {
        [Role.Nurse] = 60, [Role.Provider] = 60, [Role.ChargeNurse] = 100, [Role.FamilyLiaison] = 100,
    }.ToImmutableDictionary();

    /// <summary><c>times</c>: so many times what is usual for somebody is more than usual, 2–100.</summary>
    public int Times { get; init; } = 3;

    /// <summary><c>after</c>: so long after its end nobody without a part has to do with a visit, an hour to a year.</summary>
    public TimeSpan After { get; init; } = TimeSpan.FromDays(7);

    /// <summary><c>glass</c>: by then whoever broke the glass has done something in the visit, a minute to a day.</summary>
    public TimeSpan Glass { get; init; } = TimeSpan.FromMinutes(60);

    /// <summary><c>searches</c>: so many searches without opening anybody are browsing, 2–1000.</summary>
    public int Searches { get; init; } = 10;

    /// <summary><c>without</c>: rules that this house does without.</summary>
    public ImmutableArray<FindingRule> Without { get; init; } = [];

    /// <summary>Of somebody with none of the roles that the policy names: as of the strictest.</summary>
    public int PatientsOf(ImmutableArray<Role> roles)
    {
        var known = roles.IsDefault ? [] : roles.Where(Patients.ContainsKey).Select(role => Patients[role]).ToArray();
        return known.Length > 0 ? known.Max() : Patients.Values.Min();
    }
}

/// <summary>Reads it.</summary>
internal static class SnoopingPack
{
    private const int MostPatients = 10_000;
    private const int MostTimes = 100;
    private const int MostSearches = 1000;
    private static readonly TimeSpan ShortestAfter = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestAfter = TimeSpan.FromDays(366);
    private static readonly TimeSpan ShortestGlass = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestGlass = TimeSpan.FromDays(1);

    /// <summary>Who opens visits at all; see the table of who may what.</summary>
    private static readonly (string Key, Role Role)[] Openers =
        [("nurse", Role.Nurse), ("provider", Role.Provider), ("charge-nurse", Role.ChargeNurse), ("family-liaison", Role.FamilyLiaison)];

    private static readonly (string Key, FindingRule Rule)[] Rules =
    [
        ("volume", FindingRule.Volume), ("same-surname", FindingRule.SameSurname), ("own-record", FindingRule.OwnRecord),
        ("hidden", FindingRule.Hidden),
        ("after-care", FindingRule.AfterCare), ("glass-unused", FindingRule.GlassUnused), ("browsing", FindingRule.Browsing),
    ];

    public static SnoopingPolicy Snooping(PolicyNode node, SnoopingPolicy ground)
    {
        var snooping = new SnoopingPolicy
        {
            Patients = node.Map("patients") is { } patients ? Patients(patients, ground.Patients) : ground.Patients,
            Times = node.Int("times", 2, MostTimes, ground.Times),
            After = node.Duration("after", ground.After, LongestAfter),
            Glass = node.Duration("glass", ground.Glass, LongestGlass),
            Searches = node.Int("searches", 2, MostSearches, ground.Searches),
            Without = node.Has("without") ? [.. node.Texts("without").Select(text => Named(node, text)).OfType<FindingRule>()] : ground.Without,
        };
        node.RejectUnread();
        if (snooping.After < ShortestAfter)
            node.Error("after", "must be an hour or longer: whoever cared for the patient writes down what is left to write");
        if (snooping.Glass < ShortestGlass) node.Error("glass", "must be a minute or longer: nobody does anything in less");
        return snooping;
    }

    private static ImmutableDictionary<Role, int> Patients(PolicyNode node, ImmutableDictionary<Role, int> ground)
    {
        foreach (var (key, role) in Openers) ground = ground.SetItem(role, node.Int(key, 1, MostPatients, ground[role]));
        node.RejectUnread();
        return ground;
    }

    private static FindingRule? Named(PolicyNode node, string text)
    {
        foreach (var (key, rule) in Rules)
            if (key == text) return rule;
        node.Error("without", $"must be of {string.Join(", ", Rules.Select(rule => rule.Key))}, not '{text}'");
        return null;
    }
}
