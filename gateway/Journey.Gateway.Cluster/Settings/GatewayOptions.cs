using System.ComponentModel.DataAnnotations;

namespace Journey.Gateway.Cluster.Settings;

/// <summary><c>Journey:Gateway</c>.</summary>
public sealed class GatewayOptions
{
    public const string Section = "Journey:Gateway";

    /// <summary>
    /// Lets the gateway listen where other machines can reach it although nobody signs in yet; false by default. Whoever reaches the port
    /// then sees and changes everything: set it only behind something that authenticates.
    /// </summary>
    public bool AllowUnauthenticated { get; set; }

    /// <summary>
    /// Starts although no provider is configured to sign in at; false by default. Whoever uses this machine then sees and changes everything. Other
    /// machines are not served, and neither is what comes through a proxy on this one.
    /// </summary>
    public bool WithoutSignIn { get; set; }

    /// <summary>
    /// Addresses and networks of the proxies in front of the gateway, apart by commas, such as <c>10.1.2.3,10.2.0.0/16</c>; none by default. What
    /// these say of whom they ask for, and that it was https, is believed (<c>X-Forwarded-For</c>, <c>X-Forwarded-Proto</c>), and nobody else.
    /// </summary>
    public string Proxies { get; set; } = "";

    /// <summary>
    /// How long one call to a grain may take before it counts as unanswered, in seconds, 1–30; 5 by default. The first attempts are given less, for
    /// most calls that are not answered went to a process that has just gone.
    /// </summary>
    [Range(1, 30, ErrorMessage = "Journey:Gateway:CallTimeoutSeconds must be between 1 and 30.")]
    public int CallTimeoutSeconds { get; set; } = 5;

    /// <summary>How often a call is made in all when it is not answered, 1–10; 3 by default. The command id stays the same.</summary>
    [Range(1, 10, ErrorMessage = "Journey:Gateway:CallAttempts must be between 1 and 10.")]
    public int CallAttempts { get; set; } = 3;

    /// <summary>
    /// How often a watched board's subscription is renewed, in seconds, 1–60; 2 by default. It bounds how long a board can stand still
    /// unnoticed after its grain went down with a silo.
    /// </summary>
    [Range(1, 60, ErrorMessage = "Journey:Gateway:BoardRenewSeconds must be between 1 and 60.")]
    public int BoardRenewSeconds { get; set; } = 2;

    /// <summary>How often a quiet board's <c>asOf</c> is sent to its watchers, in seconds, 1–60; 10 by default.</summary>
    [Range(1, 60, ErrorMessage = "Journey:Gateway:BoardHeartbeatSeconds must be between 1 and 60.")]
    public int BoardHeartbeatSeconds { get; set; } = 10;

    /// <summary>Board changes waiting to be relayed, 16–1,000,000; 4096 by default. When full, the boards concerned are read anew.</summary>
    [Range(16, 1_000_000, ErrorMessage = "Journey:Gateway:RelayQueue must be between 16 and 1000000.")]
    public int RelayQueue { get; set; } = 4096;

    /// <summary>
    /// Requests a second that one person, or one address of those who do not sign in, may make for long, 5–10,000; 50 by default; ten times as many
    /// at once. A system may make forty times as many.
    /// </summary>
    [Range(5, 10_000, ErrorMessage = "Journey:Gateway:RequestsPerSecond must be between 5 and 10000.")]
    public int RequestsPerSecond { get; set; } = 50;

    /// <summary>
    /// Event streams and connections of the hub that one person, or one address of those who do not sign in, may have open at once, 5–10,000; 200 by
    /// default: a waiting room behind one address. A system may have forty times as many.
    /// </summary>
    [Range(5, 10_000, ErrorMessage = "Journey:Gateway:StreamsPerAddress must be between 5 and 10000.")]
    public int StreamsPerAddress { get; set; } = 200;

    /// <summary>
    /// Refusals of one address of those whom nobody knows that the audit trail tells one by one, 1–10,000; 10 by default. Of more it gets one entry
    /// every ten minutes, which says how many: else whoever asks without end fills it.
    /// </summary>
    [Range(1, 10_000, ErrorMessage = "Journey:Gateway:RefusalsRecorded must be between 1 and 10000.")]
    public int RefusalsRecorded { get; set; } = 10;

    /// <summary>
    /// Links of the family page that are none which one address may bring in a quarter of an hour before it waits for the answer, 5–100,000; 60 by
    /// default. From then on twice as long each time, to ten seconds; links that are some open at once for everybody behind that address.
    /// </summary>
    [Range(5, 100_000, ErrorMessage = "Journey:Gateway:DoorMisses must be between 5 and 100000.")]
    public int DoorMisses { get; set; } = 60;

    /// <summary>
    /// The host that families' pages and waiting rooms are served at, and nothing else with them, such as <c>https://families.hospital.example</c>;
    /// other hosts send these pages there. None by default: they are served beside everything else. Links to the family page are made with it.
    /// </summary>
    public string? FamilyAddress { get; set; }

    /// <summary>
    /// How long the gateway goes on serving after SIGTERM, while <c>/health/ready</c> already says no, in seconds, 0–60; 0 by default. Give a load
    /// balancer the time it takes to notice: browsers and senders then come back to another gateway and not to this one.
    /// </summary>
    [Range(0, 60, ErrorMessage = "Journey:Gateway:DrainSeconds must be between 0 and 60.")]
    public int DrainSeconds { get; set; }

    /// <summary>
    /// Messages that may wait for one slow browser before its connection is closed, 8–10,000; 128 by default. It reconnects and starts afresh.
    /// </summary>
    [Range(8, 10_000, ErrorMessage = "Journey:Gateway:SlowClientBacklog must be between 8 and 10000.")]
    public int SlowClientBacklog { get; set; } = 128;
}
