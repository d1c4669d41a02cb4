using System.Globalization;

namespace Journey.Simulator.Feed;

/// <summary>What a run has done so far. Safe to read while it goes on.</summary>
public sealed class Tally
{
    private long _sent, _acked, _errors, _rejected, _lost, _abandoned, _entered, _refused, _failed, _cared, _declined;

    /// <summary>Messages put on the wire, repeats included.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>AA.</summary>
    public long Acked => Interlocked.Read(ref _acked);

    /// <summary>AE: sent again.</summary>
    public long Errors => Interlocked.Read(ref _errors);

    /// <summary>AR: never sent again.</summary>
    public long Rejected => Interlocked.Read(ref _rejected);

    /// <summary>Connections that could not be made, broke, or gave no reply in time.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <summary>Messages given up after too many AE.</summary>
    public long Abandoned => Interlocked.Read(ref _abandoned);

    /// <summary>Staff entries accepted.</summary>
    public long Entered => Interlocked.Read(ref _entered);

    /// <summary>Staff entries the hospital refused (409 and the like): a step already taken, a visit already closed.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Staff entries given up.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    /// <summary>What the care loop's players did: alerts taken, questions answered, families told.</summary>
    public long Cared => Interlocked.Read(ref _cared);

    /// <summary>What they tried and the hospital refused: another was first, a visit had ended.</summary>
    public long Declined => Interlocked.Read(ref _declined);

    internal void CountSent() => Interlocked.Increment(ref _sent);
    internal void CountAcked() => Interlocked.Increment(ref _acked);
    internal void CountError() => Interlocked.Increment(ref _errors);
    internal void CountRejected() => Interlocked.Increment(ref _rejected);
    internal void CountLost() => Interlocked.Increment(ref _lost);
    internal void CountAbandoned() => Interlocked.Increment(ref _abandoned);
    internal void CountEntered() => Interlocked.Increment(ref _entered);
    internal void CountRefused() => Interlocked.Increment(ref _refused);
    internal void CountFailed() => Interlocked.Increment(ref _failed);
    internal void CountCared() => Interlocked.Increment(ref _cared);
    internal void CountDeclined() => Interlocked.Increment(ref _declined);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"sent {Sent} acked {Acked} AE {Errors} AR {Rejected} lost {Lost} abandoned {Abandoned} " +
        $"| entered {Entered} refused {Refused} failed {Failed} | cared {Cared} declined {Declined}");
}
