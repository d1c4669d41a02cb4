using Journey.Contracts.Access;
using Journey.Hosting;

namespace Journey.Silo.Trust;

/// <summary>
/// Before every call of a grain. A client is answered when a gateway has sealed who calls, or that it calls itself (feeds, boards that are watched,
/// health), and only by what
/// <see cref="AnswersAttribute">answers gateways</see>. From grain to grain a caller whom no gateway has sealed is nobody, and nobody is admitted to
/// a visit; calls without one (boards, clocks, reminders) go on as they are, and so do those of a grain that still holds a caller from long ago, as
/// nobody's.
/// </summary>
internal sealed partial class CallerCheck(CallerSeal seal, TimeProvider clock, ILogger<CallerCheck> log) : IIncomingGrainCallFilter
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);
    private long _told;

    public Task Invoke(IIncomingGrainCallContext context)
    {
        if (IsClient(context.SourceId) && AnswersAttribute.AskersOf(context.InterfaceMethod) is { } askers) Admit(askers);
        else if (Caller.Current is not null) Believe();
        return context.Invoke();
    }

    /// <summary>Services of a silo call as a client of its own, which the runtime names after the silo.</summary>
    private static bool IsClient(GrainId? source) => source is { } id && id.IsClient() && !id.Key.AsSpan().StartsWith("hosted-"u8);

    private void Admit(Askers askers)
    {
        if (askers != Askers.Gateways || Caller.Proof is not { } proof || seal.Open(proof) is not { } caller)
        {
            Tell();
            throw new AccessRefusedException(Caller.Denied);
        }

        if (Caller.Current is not null) caller.Enter();
        // The gateway itself: that it may ask is no word for what the grain asks of others.
        else Caller.Proof = null;
    }

    private void Believe()
    {
        if (Caller.Proof is { } proof && seal.Open(proof) is { } caller) caller.Enter();
        else
        {
            Caller.Leave();
            Tell();
        }
    }

    private void Tell()
    {
        var (now, told) = (clock.GetTimestamp(), Volatile.Read(ref _told));
        if ((told == 0 || clock.GetElapsedTime(told, now) > Pause) && Interlocked.CompareExchange(ref _told, now, told) == told) Unproven(log);
    }

    [LoggerMessage(1073, LogLevel.Warning,
        "A call came that no gateway has sealed, and was refused or taken for nobody's: a forged one, a gateway with another key "
            + "(Journey:Cluster:Trust:CallerKeyFile) or of an earlier version, or clocks that are minutes apart")]
    private static partial void Unproven(ILogger log);
}
