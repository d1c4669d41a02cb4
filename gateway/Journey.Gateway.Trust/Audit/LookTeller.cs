using System.Collections.Immutable;
using System.Threading.Channels;
using Journey.Contracts;
using Journey.Contracts.Access;
using Journey.Contracts.Audit;
using Journey.Gateway.Cluster.Calls;
using Journey.Gateway.Cluster.Telemetry;
using Journey.Gateway.Trust.Identity;

namespace Journey.Gateway.Trust.Audit;

/// <summary>
/// Tells the rules of <c>snooping</c> what the trail was just told. Whoever reads does not wait for it, and is answered whatever becomes of it: what
/// is seen goes into a bounded queue, and from there to the grains, a person's looks of a moment together. What does not fit, or cannot be told, is
/// counted, and the privacy officer's list says how much that was.
/// </summary>
internal sealed partial class LookTeller(JourneyCluster cluster, Callers callers, TimeProvider clock, ILogger<LookTeller> log) : BackgroundService
{
    private const int MostWaiting = 10_000;
    private const int MostAtOnce = 500;
    private const int PeopleAtOnce = 4;
    private static readonly TimeSpan Coalesce = TimeSpan.FromMilliseconds(250);

    /// <summary>While the cluster is away the trail takes nothing either, so nothing is shown and the queue does not grow.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>At a stop, for what still waits.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(3);

    private readonly Channel<Told> _queue = Channel.CreateBounded<Told>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private readonly CancellationTokenSource _leaving = new();
    private long _lost;

    private sealed record Told(Actor By, string Account, ImmutableArray<Role> Roles, Look Look);

    /// <summary>
    /// The entry stands in the trail: it is weighed, if it is of a person and of a kind that a rule asks about. Never waits, never fails.
    /// </summary>
    /// <param name="seen">What was opened; null for what opened nothing.</param>
    public void Tell(HttpContext http, AuditEntry entry, SeenVisit? seen)
    {
        LookKind? kind = entry switch
        {
            { Outcome: AuditOutcome.Done, Action: AuditAction.ReadVisit or AuditAction.ReadTimeline or AuditAction.ReadDraft }
                when seen is not null => LookKind.Opened,
            { Outcome: AuditOutcome.Done, Action: AuditAction.Search, Found.Length: > 0 } => LookKind.Searched,
            { Outcome: AuditOutcome.Sent, Action: AuditAction.Change or AuditAction.Disclose, Visit: not null } => LookKind.Did,
            _ => null,
        };
        if (kind is { } known)
            Tell(http, new Look(entry.Id, known, entry.At, entry.Visit, seen?.Patient, seen?.Unit ?? "", seen?.Signs
                ?? LookSigns.None, seen?.EndedAt), entry.Who.Id);
    }

    /// <summary>A visit was opened by breaking the glass, which only its answer tells.</summary>
    public void TellGlass(HttpContext http, Guid visit, CommandId grant) =>
        Tell(http, new Look(grant.Value, LookKind.BrokeGlass, AuditNote.Now(http.RequestServices), visit), http.Caller().Id);

    private void Tell(HttpContext http, Look look, string who)
    {
        var caller = http.Caller();
        // What a family does in a browser in which somebody is signed in is the family's.
        if (who != caller.Id || caller.Staff.Length == 0 || !callers.IsPerson(http.User, caller)) return;
        if (!_queue.Writer.TryWrite(new(new Actor(caller.Staff, caller.Name), caller.Id, caller.Roles, look))) Discard(1);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<Told>();
        while (await _queue.Reader.WaitToReadAsync(_leaving.Token))
        {
            if (!stoppingToken.IsCancellationRequested)
                await Task.Delay(Coalesce, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            while (batch.Count < MostAtOnce && _queue.Reader.TryRead(out var told)) batch.Add(told);
            var people = batch.GroupBy(told => (told.By.Id, Key: LookKeys.For(told.By.Id, told.Look.At)))
                .Select(of => (of.Key.Key, Looks: of.ToArray()));
            // Not broken off at a stop: each is tried, or counted as not told.
            await Parallel.ForEachAsync(people,
                new ParallelOptions { MaxDegreeOfParallelism = PeopleAtOnce, CancellationToken = CancellationToken.None },
                async (person, _) => await Note(person.Key, person.Looks));
            batch.Clear();
            await NoteLoss();
        }
    }

    /// <summary>What waits is told before the grains are gone; what cannot be is said.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
        _leaving.CancelAfter(Farewell);
        await base.StopAsync(cancellationToken);
        var left = _queue.Reader.Count + Interlocked.Read(ref _lost);
        if (left > 0) Left(log, left);
    }

    public override void Dispose()
    {
        _leaving.Dispose();
        base.Dispose();
    }

    private async Task Note(string key, Told[] looks)
    {
        var latest = looks[^1];
        var command = new NoteLooks(new(Guid.NewGuid()), latest.By, latest.Account, latest.Roles, [.. looks.Select(told => told.Look)]);
        try
        {
            await cluster.CallFor(async () =>
            {
                await cluster.Looks(key).Note(command);
                return true;
            }, Patience, () => { }, _leaving.Token);
        }
        catch (Exception e)
        {
            // Whatever it was: the next ones must be told.
            NotTold(log, looks.Length, e);
            Discard(looks.Length);
        }
    }

    private async Task NoteLoss()
    {
        var (count, id) = (Interlocked.Exchange(ref _lost, 0), new CommandId(Guid.NewGuid()));
        if (count == 0) return;
        try
        {
            await cluster.Call(async () =>
            {
                await cluster.Findings.NoteLoss(id, count);
                return true;
            }, _leaving.Token);
        }
        catch (Exception e)
        {
            NotTold(log, count, e);
            Interlocked.Add(ref _lost, count);
        }
    }

    private void Discard(long count)
    {
        Interlocked.Add(ref _lost, count);
        GatewayMetrics.LooksLost(count);
    }

    [LoggerMessage(1603, LogLevel.Error, "{Count} accesses could not be weighed by the rules of snooping; they are in the audit trail")]
    private static partial void NotTold(ILogger log, long count, Exception exception);

    [LoggerMessage(1604, LogLevel.Warning,
        "The gateway stops, and {Count} accesses were not weighed by the rules of snooping; they are in the audit trail")]
    private static partial void Left(ILogger log, long count);
}
