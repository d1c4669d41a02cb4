using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Journey.Simulator.Hosting;

/// <summary><c>Journey:Demo</c>: the demo hospital.</summary>
public sealed class DemoOptions
{
    public const string Section = "Journey:Demo";

    /// <summary>Whether there is a demo; false by default.</summary>
    public bool Enabled { get; set; }

    /// <summary>
    /// How many times as fast as life the hospital lives, 0.1–600; 1 by default. Events are stamped with real times, only the waits
    /// between them shrink.
    /// </summary>
    [Range(0.1, 600, ErrorMessage = "Journey:Demo:Speed must be between 0.1 and 600.")]
    public double Speed { get; set; } = 1;

    /// <summary>Which story is told; 7 by default. Same seed and start, same story.</summary>
    public long Seed { get; set; } = 7;

    /// <summary>
    /// Hours of the past that are told at once at the start, 0–72; 8 by default. The emergency department opens empty that long ago.
    /// </summary>
    [Range(0, 72, ErrorMessage = "Journey:Demo:HistoryHours must be between 0 and 72.")]
    public double HistoryHours { get; set; } = 8;

    /// <summary>Where the receiver listens; 127.0.0.1 by default.</summary>
    [Required(AllowEmptyStrings = false, ErrorMessage = "Journey:Demo:MllpAddress must not be empty.")]
    public string MllpAddress { get; set; } = "127.0.0.1";

    /// <summary>0–65535; 2575 by default, in a host that is the receiver its own. 0 leaves it to <see cref="FindMllp"/>.</summary>
    [Range(0, 65535, ErrorMessage = "Journey:Demo:MllpPort must be between 0 and 65535.")]
    public int MllpPort { get; set; } = 2575;

    /// <summary>The HTTP interface; by default the first address of the host that the demo runs in.</summary>
    public string? BaseUrl { get; set; }

    /// <summary>The client that plays staff where people sign in; by default that of Development.</summary>
    public string ClientId { get; set; } = "journey-dev";

    public string ClientSecret { get; set; } = "journey-dev";

    /// <summary>Where a run remembers how far it came; none by default: then a restart finds the hospital full and does nothing.</summary>
    public string? StateFile { get; set; }

    /// <summary>Lines over which the past is told, 1–32; 4 by default.</summary>
    [Range(1, 32, ErrorMessage = "Journey:Demo:Connections must be between 1 and 32.")]
    public int Connections { get; set; } = 4;

    /// <summary>Events per second at most, 1–100,000; 2000 by default.</summary>
    [Range(1, 100_000, ErrorMessage = "Journey:Demo:MostPerSecond must be between 1 and 100000.")]
    public int MostPerSecond { get; set; } = 2000;

    /// <summary>The hospital's time zone (IANA); UTC by default. The offset at the start of a run holds for the whole run.</summary>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>
    /// How the hospital's people and systems use its feed: <c>none</c> (all that is told is true, and at once), <c>some</c> or <c>many</c> (see
    /// <see cref="Model.Habits"/>);
    /// <c>none</c> by default, in the standalone <c>some</c>. Counts for a new run only.
    /// </summary>
    [RegularExpression("none|some|many", ErrorMessage = "Journey:Demo:Habits must be none, some or many.")]
    public string Habits { get; set; } = "none";

    /// <summary>A connection for each message; false by default: lines stay open.</summary>
    public bool ConnectPerMessage { get; set; }

    /// <summary>
    /// Hours from one outage of the network to the next, 0–48; 0 by default: there is none. What is said meanwhile comes afterwards, all at once.
    /// </summary>
    [Range(0, 48, ErrorMessage = "Journey:Demo:OutageEveryHours must be between 0 and 48.")]
    public double OutageEveryHours { get; set; }

    /// <summary>How long an outage lasts in minutes, 1–600; 20 by default.</summary>
    [Range(1, 600, ErrorMessage = "Journey:Demo:OutageMinutes must be between 1 and 600.")]
    public double OutageMinutes { get; set; } = 20;

    /// <summary>Starts a new run even though the hospital has patients already; false by default.</summary>
    public bool StartAnyway { get; set; }

    /// <summary>For hosts whose listener chooses its own port: asked once the host listens. Not configuration.</summary>
    public Func<IServiceProvider, IPEndPoint?>? FindMllp { get; set; }
}
