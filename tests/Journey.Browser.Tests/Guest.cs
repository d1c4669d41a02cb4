using System.Globalization;

namespace Journey.Browser.Tests;

/// <summary>A patient of a test's own, as the hospital's system speaks of them.</summary>
public sealed record Guest(string Unit, string Family, string Given)
{
    private static int _last = Environment.ProcessId % 1000 * 1000;

    private readonly int _id = Interlocked.Increment(ref _last);

    public string Number => $"MRN{_id:000000}";
    public string Visit => $"V{_id:000000}";
    public DateOnly Born { get; init; } = new(1957, 3, 9);
    public string? Bed { get; init; }
    public string Class { get; init; } = "E";
    public TimeSpan Ago { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long ago the message was written; the system was down since, or nobody spoke of the patient again.</summary>
    public TimeSpan Said { get; init; }
    public int? Acuity { get; init; }
    public bool Confidential { get; init; }

    /// <summary>NK1-2 and NK1-3.2, such as <c>Tester^Tom|^Son</c>.</summary>
    public string? Contact { get; init; }
    public string? Attending { get; init; }
    public string? Service { get; init; }

    /// <summary>EVN-3 of what is only planned.</summary>
    public TimeSpan? Planned { get; init; }

    public string Message(string trigger, TimeSpan? ago = null, string? bed = null)
    {
        var now = DateTimeOffset.UtcNow;
        var occurred = now - (ago ?? Ago);
        var pv1 = new string?[46];
        (pv1[0], pv1[1], pv1[2]) = ("PV1", "1", Class);
        pv1[3] = (bed ?? Bed) is { } b ? $"{Unit}^^{b}" : Unit;
        (pv1[7], pv1[10], pv1[16], pv1[19]) = (Attending, Service, Confidential ? "VIP" : null, Visit);
        if (trigger is "A01" or "A04") pv1[44] = Time(occurred);
        if (trigger == "A03") pv1[45] = Time(occurred);
        List<string> segments =
        [
            $"MSH|^~\\&|TEST|HOSPITAL|JOURNEY|HOSPITAL|{Time(now - Said)}||ADT^{trigger}|{Guid.NewGuid():N}|P|2.5.1|||||UTF-8",
            $"EVN|{trigger}|{Time(now - Said)}|{(Planned is { } planned ? Time(now + planned) : null)}|||{Time(occurred)}",
            $"PID|1||{Number}^^^HOSPITAL^MR||{Family}^{Given}||{Born:yyyyMMdd}|F",
        ];
        if (Contact is not null) segments.Add($"NK1|1|{Contact}");
        segments.Add(string.Join('|', pv1));
        if (Acuity is { } acuity) segments.Add($"OBX|1|NM|75636-1^ESI^LN||{acuity}||||||F");
        return string.Join('\r', segments) + '\r';
    }

    private static string Time(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture) + "+0000";
}
