using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Journey.Contracts;
using Journey.Contracts.Access;

namespace Journey.Domain.Access;

/// <summary>What became of findings, as the privacy officer's list keeps it. Persisted by the names given here.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(FindingListed), "findings.listed.v1")]
[JsonDerivedType(typeof(FindingJudged), "findings.judged.v1")]
[JsonDerivedType(typeof(FindingReopened), "findings.reopened.v1")]
[JsonDerivedType(typeof(LooksLost), "findings.looks-lost.v1")]
public abstract record FindingEvent
{
    private protected FindingEvent() { }
}

/// <summary>Found, grown or settled: as it stands since.</summary>
public sealed record FindingListed(Finding Finding) : FindingEvent;
public sealed record FindingJudged(Guid Finding, FindingVerdict Verdict, DateTimeOffset At) : FindingEvent;

/// <summary>The judgement was taken back.</summary>
public sealed record FindingReopened(Guid Finding) : FindingEvent;

/// <summary>So many accesses no rule has weighed.</summary>
public sealed record LooksLost(long Count, DateTimeOffset At) : FindingEvent;

/// <summary>Every finding that nobody has judged, and the latest that somebody has.</summary>
public sealed record FindingLog(ImmutableArray<FindingEntry> Entries, long Lost, DateTimeOffset? LostAt)
{
    /// <summary>How many judged ones are shown and reckoned with; the journal keeps all.</summary>
    public const int RememberedJudged = 200;

    /// <summary>How many open ones the list holds. Whoever has more to judge has a rule to correct first.</summary>
    public const int ShownOpen = 100;

    public static readonly FindingLog Empty = new([], 0, null);

    public FindingEntry? Find(Guid finding) => Entries.FirstOrDefault(entry => entry.Finding.Id == finding);

    /// <summary>What of this the log does not know yet. What was judged is done with: it does not come back for having grown.</summary>
    public IEnumerable<Finding> NewsOf(ImmutableArray<Finding> findings) => findings.Where(finding => Find(finding.Id) switch
    {
        null => !finding.IsSettled,
        { Judgement: null } known => known.Finding.Count < finding.Count || known.Finding.IsSettled != finding.IsSettled,
        _ => false,
    });

    /// <summary>Why it cannot be judged; null when it can.</summary>
    public Refusal? Obstacle(JudgeFinding command, DateTimeOffset now) => Find(command.Finding) switch
    {
        { Finding: var finding } when Stands(finding, now) => finding.By.Id == command.By.Id || finding.Account == command.Account ? new(RefusalCodes.FindingOwn, "Somebody else judges what you looked at.") : null,
        _ => new(RefusalCodes.FindingUnknown, "No such finding."),
    };

    public FindingLog Fold(Actor by, FindingEvent e) => e switch
    {
        FindingListed l => Find(l.Finding.Id) is null ? this with { Entries = Entries.Add(new(l.Finding)) } : Change(l.Finding.Id, entry => entry with { Finding = l.Finding }),
        FindingJudged j => Forget(Change(j.Finding, entry => entry with { Judgement = new(j.Verdict, by, j.At) })),
        FindingReopened r => Change(r.Finding, entry => entry with { Judgement = null }),
        LooksLost x => this with { Lost = Lost + x.Count, LostAt = x.At },
        _ => throw new InvalidOperationException($"No rule for the event {e.GetType().Name}."),
    };

    public FindingList List(DateTimeOffset now, long version)
    {
        var standing = Entries.Where(entry => Stands(entry.Finding, now)).OrderByDescending(entry => entry.Finding.At).ToArray();
        var open = standing.Where(entry => entry.Judgement is null).ToArray();
        return new(
            [.. open.Take(ShownOpen), .. standing.Where(entry => entry.Judgement is not null)], [.. Enum.GetValues<FindingRule>().Select(rule => Precision(rule, standing))], open.Length, Lost, LostAt, now, version);
    }

    /// <summary>When the next one comes to stand on the list; null when none is on its way.</summary>
    public DateTimeOffset? NextAfter(DateTimeOffset now)
    {
        DateTimeOffset? next = null;
        foreach (var (finding, _) in Entries)
            if (!finding.IsSettled && finding.StandsFrom > now && (next is null || finding.StandsFrom < next)) next = finding.StandsFrom;
        return next;
    }

    private static bool Stands(Finding finding, DateTimeOffset now) => !finding.IsSettled && finding.StandsFrom <= now;

    private static FindingPrecision Precision(FindingRule rule, FindingEntry[] standing)
    {
        var of = standing.Where(entry => entry.Finding.Rule == rule).ToArray();
        return new(rule, of.Count(entry => entry.Judgement is null), of.Count(entry => entry.Judgement?.Verdict == FindingVerdict.HadReason), of.Count(entry => entry.Judgement?.Verdict == FindingVerdict.FollowUp));
    }

    private FindingLog Change(Guid finding, Func<FindingEntry, FindingEntry> change) => this with { Entries = [.. Entries.Select(entry => entry.Finding.Id == finding ? change(entry) : entry)] };

    /// <summary>What was settled in time is of no use to anybody; of what was judged the oldest goes.</summary>
    private static FindingLog Forget(FindingLog log)
    {
        var settled = log.Entries.RemoveAll(entry => entry.Finding.IsSettled);
        var judged = settled.Where(entry => entry.Judgement is not null).OrderBy(entry => entry.Judgement!.At).ToArray();
        return log with { Entries = settled.RemoveRange(judged.Take(Math.Max(0, judged.Length - RememberedJudged))) };
    }
}

public static class FindingJson
{
    /// <summary>Where in a payload sensitive texts lie.</summary>
    public static readonly SensitiveShape Shape = SensitiveShape.Of<FindingPayload>();

    /// <summary>Every text that a payload can hold.</summary>
    public static IReadOnlyList<StoredText> Texts => SensitiveShape.TextsIn<FindingPayload>();

    public static byte[] Write(Actor by, ImmutableArray<FindingEvent> events) => JsonSerializer.SerializeToUtf8Bytes(new FindingPayload(by, events), FindingJsonContext.Default.FindingPayload);

    public static (Actor By, ImmutableArray<FindingEvent> Events) Read(ReadOnlySpan<byte> payload)
    {
        var read = JsonSerializer.Deserialize(payload, FindingJsonContext.Default.FindingPayload) ?? throw new JsonException("An empty payload.");
        return (read.By, read.Events);
    }
}

internal sealed record FindingPayload(Actor By, ImmutableArray<FindingEvent> Events);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true,
    AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(FindingPayload))]
internal sealed partial class FindingJsonContext : JsonSerializerContext;
