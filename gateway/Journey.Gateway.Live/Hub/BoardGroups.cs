using Journey.Gateway.Cluster.Wire;
using Journey.Gateway.Trust.Access;

namespace Journey.Gateway.Live.Hub;

/// <summary>Names of the hub's groups.</summary>
internal static class BoardGroups
{
    public const string Units = "units";
    public const string Hotline = "hotline";
    public static string List(string addressee) => "list:" + addressee;
    public const string Feeds = "feeds";
    public const string Glass = "glass";
    public const string Findings = "findings";

    /// <summary>Those who watch a board.</summary>
    public static readonly Audience[] Audiences = [Audience.Charge, Audience.Desk, Audience.Liaison, Audience.Operations, Audience.Wall];
    public static string Unit(string unit, Audience audience) => $"unit:{WireName<Audience>.Joined(audience)}:{unit}";
}
