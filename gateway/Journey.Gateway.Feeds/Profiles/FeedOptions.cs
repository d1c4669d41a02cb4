namespace Journey.Gateway.Feeds.Profiles;

/// <summary>
/// One hospital system that sends messages: an element of <c>Journey:Feeds</c>. What is not said is taken from <c>Journey:Feed</c>.
/// </summary>
public sealed class FeedOptions : FeedSettings
{
    /// <summary>As shown on boards and in the message log, 1–40 characters.</summary>
    public string Name { get; set; } = "";

    /// <summary>MSH-3 that tells the feed; null matches any.</summary>
    public string? SendingApplication { get; set; }

    /// <summary>MSH-4 that tells the feed; null matches any.</summary>
    public string? SendingFacility { get; set; }

    /// <summary>
    /// Addresses and networks it sends from, separated by commas, such as <c>10.20.3.7, 10.20.8.0/24</c>; null for any. Behind a balancer that shows
    /// its own address, that one.
    /// </summary>
    public string? Sources { get; set; }

    /// <summary>
    /// Subject of the client certificate it shows, such as <c>CN=adt.hospital.example, O=Hospital</c>; null for any. Needs
    /// <c>Journey:Mllp:ClientAuthoritiesPath</c>.
    /// </summary>
    public string? CertificateSubject { get; set; }

    /// <summary>
    /// SHA-256 of the client certificate it shows, in hexadecimal; several separated by commas, as while one is being replaced. Null for any.
    /// </summary>
    public string? CertificateThumbprints { get; set; }

    /// <summary>IANA zone of times sent without an offset; null takes the default's.</summary>
    public string? TimeZone { get; set; }

    /// <summary>After how many minutes without a message the feed counts as silent, 0–1440; 0 for never, null takes the default's.</summary>
    public int? ExpectedEveryMinutes { get; set; }

    /// <summary>The unit for a visit without a location, by class (<c>emergency</c>, <c>outpatient</c> …, <c>other</c> for the rest).</summary>
    public Dictionary<string, string> DefaultUnits { get; set; } = [];

    /// <summary>
    /// Spellings of who gives numbers out: <c>Authorities:&lt;spelling&gt;=&lt;authority&gt;</c>, a namespace or universal id on the left,
    /// <c>NAMESPACE</c> or
    /// <c>NAMESPACE&amp;universal id&amp;type</c> on the right; added to the default's.
    /// </summary>
    public Dictionary<string, string> Authorities { get; set; } = [];

    /// <summary>Which fields say where the patient is; what is not said is taken from the default's.</summary>
    public PlaceFields Place { get; set; } = new();

    /// <summary>Site codes of PV1-2: <c>Classes:&lt;code&gt;=&lt;class&gt;</c>; added to the default's.</summary>
    public Dictionary<string, string> Classes { get; set; } = [];

    /// <summary>Site codes of triage: <c>Acuities:&lt;code&gt;=&lt;1–5&gt;</c>; added to the default's.</summary>
    public Dictionary<string, string> Acuities { get; set; } = [];

    /// <summary>Where the triage level is said outside OBX; null takes the default's.</summary>
    public AcuityField Acuity { get; set; } = new();

    /// <summary>How many days before its message an event may have happened, 1–3650; null takes the default's.</summary>
    public int? PlausibleDays { get; set; }

    /// <summary>How many days before a message a visit may have begun, 1–36500; null takes the default's.</summary>
    public int? PlausibleStayDays { get; set; }
}

/// <summary><c>Journey:Feed</c>: what holds for every feed that does not say otherwise, and for the one feed when none is listed.</summary>
public sealed class FeedDefaults : FeedSettings
{
    public const string Section = "Journey:Feed";

    /// <summary>Name of the feed when none is listed, 1–40 characters; <c>ADT</c> by default.</summary>
    public string Name { get; set; } = "ADT";

    /// <summary>IANA zone of times sent without an offset; <c>UTC</c> by default.</summary>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>After how many minutes without a message a connected feed counts as silent, 0–1440; 15 by default, 0 for never.</summary>
    public int ExpectedEveryMinutes { get; set; } = 15;

    /// <summary>
    /// The unit for a visit without a location, by class; emergency <c>ED</c>, outpatient <c>OPD</c>, other <c>UNPLACED</c> by default.
    /// </summary>
    public Dictionary<string, string> DefaultUnits { get; set; } = [];

    /// <summary>Values of PV1-16 that lock a patient's name, separated by commas; any other value says nothing. PD1-12 = Y always does.</summary>
    public string ConfidentialCodes { get; set; } = "VIP,V,Y,YES,CONF,CONFIDENTIAL,R,RESTRICTED";

    /// <summary>Spellings of who gives numbers out: <c>Authorities:&lt;spelling&gt;=&lt;authority&gt;</c>; none by default.</summary>
    public Dictionary<string, string> Authorities { get; set; } = [];

    /// <summary>Which fields say where the patient is; PV1-3.1 to PV1-3.4 by default.</summary>
    public PlaceFields Place { get; set; } = new();

    /// <summary>Site codes of PV1-2: <c>Classes:&lt;code&gt;=&lt;class&gt;</c>; go before the built-in table.</summary>
    public Dictionary<string, string> Classes { get; set; } = [];

    /// <summary>Site codes of triage: <c>Acuities:&lt;code&gt;=&lt;1–5&gt;</c>; go before the built-in table.</summary>
    public Dictionary<string, string> Acuities { get; set; } = [];

    /// <summary>Where the triage level is said outside OBX; nowhere by default.</summary>
    public AcuityField Acuity { get; set; } = new();

    /// <summary>How many days before its message an event may have happened, 1–3650; 60 by default. An earlier time is not believed.</summary>
    public int PlausibleDays { get; set; } = 60;

    /// <summary>How many days before a message a visit may have begun (PV1-44), 1–36500; 3650 by default. An earlier time is not believed.</summary>
    public int PlausibleStayDays { get; set; } = 3650;
}

/// <summary><c>Journey:Feeds</c>: the feeds, the first that matches a message is its own.</summary>
public sealed class FeedList
{
    public const string Section = "Journey:Feeds";

    public List<FeedOptions> Feeds { get; } = [];
}

/// <summary>
/// Which fields say where the patient is, each as <c>segment-field.component</c>, such as <c>PV1-3.2</c>, <c>ZBE-7.1</c> or <c>ZPL-4</c>.
/// </summary>
public sealed class PlaceFields
{
    /// <summary>The unit; <c>PV1-3.1</c> by default.</summary>
    public string? Unit { get; set; }

    /// <summary>The room; <c>PV1-3.2</c> by default.</summary>
    public string? Room { get; set; }

    /// <summary>The bed; <c>PV1-3.3</c> by default.</summary>
    public string? Bed { get; set; }

    /// <summary>The facility; <c>PV1-3.4</c> by default.</summary>
    public string? Facility { get; set; }
}

/// <summary>Where the triage level is said.</summary>
public sealed class AcuityField
{
    /// <summary>As <c>segment-field.component</c>, such as <c>ZTR-2</c>; null for nowhere but in OBX.</summary>
    public string? Field { get; set; }
}
