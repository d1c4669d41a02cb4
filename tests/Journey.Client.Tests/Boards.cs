using Journey.Api;

namespace Journey.Client.Tests;

/// <summary>Boards and changes as a server tells them.</summary>
internal static class Boards
{
    public static readonly Guid Epoch = new("11111111-1111-4111-8111-111111111111");
    public static readonly DateTimeOffset At = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    public static Board Snapshot(long version, params BoardRow[] rows) =>
        new("ED", "Emergency", Epoch, version, At.AddSeconds(version), [], rows, []);

    public static BoardChange Change(long version, BoardRow[] changed, Guid[]? removed = null, Guid? epoch = null) =>
        new("ED", epoch ?? Epoch, version, At.AddSeconds(version), changed, removed ?? [], null);

    public static BoardRow Row(int number, string step = Steps.Arrived) => new()
    {
        VisitId = new Guid(number, 0, 0, new byte[8]), Patient = new($"Family{number}, Given", null, null, null), Class = VisitClasses.Emergency,
        Status = VisitStatuses.Present, Step = step,
        StepSince = At, Family = new(null, null, null, null, null, null, false, []),
    };
}
