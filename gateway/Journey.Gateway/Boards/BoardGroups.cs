namespace Journey.Gateway.Boards;

/// <summary>Names of the hub's groups.</summary>
internal static class BoardGroups
{
    public const string Units = "units";
    public const string Hotline = "hotline";
    public static string List(string addressee) => "list:" + addressee;
    public const string Feeds = "feeds";
    public static string Desk(string unit) => "unit:" + unit;
    public static string Wall(string unit) => "wall:" + unit;
}
