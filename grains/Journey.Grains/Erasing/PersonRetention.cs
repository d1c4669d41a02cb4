using Journey.Contracts;
using Journey.Contracts.Audit;
using Journey.Grains.Runtime;
using Journey.Grains.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Journey.Grains.Erasing;

/// <summary><c>Journey:Retention</c>.</summary>
public sealed class RetentionOptions
{
    public const string Section = "Journey:Retention";

    /// <summary>The fewest days: for a month after its end a visit is open to those it was open to.</summary>
    public const int Fewest = 30;

    /// <summary>
    /// A person is erased once every visit of theirs has ended that many days ago and nothing was heard of them since; so are the words of calls that
    /// are as old. 30–36,500; none by default: nobody is erased by age.
    /// </summary>
    public int? ClosedDays { get; set; }
}

/// <summary>
/// Erases who is past the retention, as <c>erase</c> does on request: some at a time, once an hour until nobody is left, and then once a day.
/// </summary>
internal sealed partial class PersonRetention(IErasures erasures, IGrainFactory grains, IOptions<RetentionOptions> options, TimeProvider clock,
    ILogger<PersonRetention> logger) : HourlyTidying(clock)
{
    private const int AtOnce = 200;
    private const string Reason = "retention";
    private static readonly TimeSpan Rest = TimeSpan.FromHours(23.5);
    private DateTimeOffset _rests = DateTimeOffset.MinValue;

    protected override async Task Tidy(CancellationToken stopping)
    {
        var now = Clock.GetUtcNow();
        if (options.Value.ClosedDays is not { } days || now < _rests) return;
        try
        {
            var before = now - TimeSpan.FromDays(days);
            await erasures.ForgetCalls(before, stopping);
            if (await erasures.Closed(before, AtOnce, now, Reason, stopping) is not { } erasure)
            {
                _rests = now + Rest;
                return;
            }

            await Record(erasure, null);
            var result = await erasures.Erase(erasure, stopping);
            // A grain that is awake still knows what was erased. A visit meets the tombstone and reads its stream again; a patient goes to sleep.
            foreach (var visit in erasure.Visits) await grains.Visit(new VisitId(visit)).Renew();
            foreach (var patient in erasure.Patients) await grains.Patient(new PatientId(patient)).Forget();
            await Record(erasure, result);
            Erased(logger, erasure.Patients.Count, days, result);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Failed(logger, e);
        }
    }

    private Task Record(Erasure erasure, ErasureResult? result) =>
        grains.GetGrain<IAuditGrain>(AuditChains.Key((int)((uint)erasure.Id.GetHashCode() % AuditChains.Count)))
        .Record(erasure.Entry(null, result, Clock.GetUtcNow()));

    [LoggerMessage(2411, LogLevel.Information,
        "What was known under {Count} identifiers of persons whose visits ended more than {Days} days ago was erased: {Result}. On PostgreSQL it "
            + "lies in dead rows until 'erase --scrub', on SQLite until the next start.")]
    private static partial void Erased(ILogger logger, int count, int days, ErasureResult result);

    [LoggerMessage(2412, LogLevel.Warning, "Who is past the retention could not be erased; tried again in an hour.")]
    private static partial void Failed(ILogger logger, Exception exception);
}
