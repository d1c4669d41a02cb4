namespace Journey.Gateway.Feeds;

/// <summary>One hospital system that sends messages: an element of <c>Journey:Feeds</c>. What is not said is taken from <c>Journey:Feed</c>.</summary>
public sealed class FeedOptions
{
    /// <summary>As shown on boards and in the message log, 1–40 characters.</summary>
    public string Name { get; set; } = "";

    /// <summary>MSH-3 that tells the feed; null matches any.</summary>
    public string? SendingApplication { get; set; }

    /// <summary>MSH-4 that tells the feed; null matches any.</summary>
    public string? SendingFacility { get; set; }

    /// <summary>IANA zone of times sent without an offset; null takes the default's.</summary>
    public string? TimeZone { get; set; }

    /// <summary>After how many minutes without a message the feed counts as silent, 0–1440; 0 for never, null takes the default's.</summary>
    public int? ExpectedEveryMinutes { get; set; }

    /// <summary>The unit for a visit without a location, by class (<c>emergency</c>, <c>outpatient</c> …, <c>other</c> for the rest).</summary>
    public Dictionary<string, string> DefaultUnits { get; set; } = [];
}

/// <summary><c>Journey:Feed</c>: what holds for every feed that does not say otherwise, and for the one feed when none is listed.</summary>
public sealed class FeedDefaults
{
    public const string Section = "Journey:Feed";

    /// <summary>Name of the feed when none is listed, 1–40 characters; <c>ADT</c> by default.</summary>
    public string Name { get; set; } = "ADT";

    /// <summary>IANA zone of times sent without an offset; <c>UTC</c> by default.</summary>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>After how many minutes without a message a connected feed counts as silent, 0–1440; 15 by default, 0 for never.</summary>
    public int ExpectedEveryMinutes { get; set; } = 15;

    /// <summary>The unit for a visit without a location, by class; emergency <c>ED</c>, outpatient <c>OPD</c>, other <c>UNPLACED</c> by default.</summary>
    public Dictionary<string, string> DefaultUnits { get; set; } = [];

    /// <summary>Values of PV1-16 that lock a patient's name, separated by commas; any other value says nothing. PD1-12 = Y always does.</summary>
    public string ConfidentialCodes { get; set; } = "VIP,V,Y,YES,CONF,CONFIDENTIAL,R,RESTRICTED";
}

/// <summary><c>Journey:Feeds</c>: the feeds, the first that matches a message is its own.</summary>
public sealed class FeedList
{
    public const string Section = "Journey:Feeds";

    public List<FeedOptions> Feeds { get; } = [];
}
