using System.Collections.Concurrent;
using System.Diagnostics;

namespace Journey.Gateway.Tests.Hosts;

public class TraceTests(StandaloneHostFixture journey)
{
    [Fact]
    public async Task The_trace_of_a_message_runs_from_its_frame_to_the_watchers_of_the_board()
    {
        var unit = StandaloneHostFixture.Fresh("U");
        await journey.Arrived(unit: unit);
        await using var watcher = await Watcher.Start(journey, unit);
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name.StartsWith("Journey.", StringComparison.Ordinal) || source.Name == "Microsoft.Orleans.Application",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);

        await journey.Arrived(unit: unit);

        await watcher.Until(board => board.Rows.Count == 2);
        var relay = await StandaloneHostFixture.Eventually(
            () => Task.FromResult(spans.FirstOrDefault(span => span.OperationName == "board relay"
                && Root(span) is { OperationName: "feed message" })),
            span => span is not null, "A relay in the trace of a message");
        Assert.Contains(spans, span => span.TraceId == relay!.TraceId && span.OperationName.Contains("IVisitGrain", StringComparison.Ordinal));
        Assert.All(spans.Where(span => span.TraceId == relay!.TraceId),
            span => Assert.DoesNotContain("Musterfrau", string.Join(' ', span.TagObjects), StringComparison.Ordinal));

        Activity? Root(Activity span) => spans.FirstOrDefault(other => other.TraceId == span.TraceId && other.ParentSpanId == default);
    }
}
