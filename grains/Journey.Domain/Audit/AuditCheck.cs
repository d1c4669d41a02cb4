using System.Globalization;
using Journey.Contracts.Audit;

namespace Journey.Domain.Audit;

/// <summary>Something that is not as it was written.</summary>
/// <param name="Sequence">Where in the chain; null when it is about its head.</param>
public sealed record AuditFault(int Chain, long? Sequence, string What)
{
    public override string ToString() => Sequence is { } at ? $"chain {Chain}, entry {at}: {What}" : $"chain {Chain}: {What}";
}

/// <summary>Walks one chain, from its first row to its last, and says what is wrong with it.</summary>
/// <param name="start">The head as it was before the walk; null when there is none.</param>
public sealed class AuditCheck(int chain, AuditHead? start, byte[]? key)
{
    private readonly List<AuditFault> _faults = [];
    private long _expected = (start?.Base ?? 0) + 1;
    private byte[] _previous = start?.BaseHash ?? AuditChain.Genesis(chain);
    private bool _isExplained = (start?.Base ?? 0) == 0;

    public long Entries { get; private set; }

    /// <summary>The last place that was looked at.</summary>
    public long Last => _expected - 1;

    /// <summary>Takes the rows in the order of their sequence.</summary>
    public void Take(AuditRow row)
    {
        Entries++;
        if (row.Sequence < _expected)
        {
            Fault(row.Sequence, row.Sequence <= (start?.Base ?? 0)
                ? "should have been removed by retention: it is no part of the chain"
                : "stands here a second time");
            return;
        }

        if (row.Sequence > _expected)
        {
            Fault(_expected, row.Sequence == _expected + 1 ? "is missing" : $"is missing, and so are those through {row.Sequence - 1}");
        }
        else if (!row.PreviousHash.AsSpan().SequenceEqual(_previous))
        {
            Fault(row.Sequence, "does not follow the entry before it");
        }

        if (row.Form != AuditChain.Form) Fault(row.Sequence, $"has the form {row.Form}, which is not known");
        else if (!row.Hash.AsSpan().SequenceEqual(AuditChain.HashOf(row))) Fault(row.Sequence, "was changed");
        if (start is not null && row.Action == AuditText<AuditAction>.ToWord(AuditAction.Expire)
            && row.Detail == Checkpoint(start.Base, start.BaseHash)) _isExplained = true;
        (_expected, _previous) = (row.Sequence + 1, row.Hash);
    }

    /// <param name="head">The head as it is after the walk: a chain grows meanwhile.</param>
    public IReadOnlyList<AuditFault> End(AuditHead? head)
    {
        if (head is null)
        {
            _faults.Add(new(chain, null, Entries == 0 ? "it is empty and has no head: it never began, or was erased" : "its head is missing"));
            return _faults;
        }

        if (head.Sequence == 0) _faults.Add(new(chain, null, "it is empty: it never began, or was erased"));
        if (!AuditChain.IsGenuine(head, key))
            _faults.Add(new(chain, null, key is null
                ? "its head bears a seal, and no key is configured to check it"
                : "its head was not sealed with the key: it was changed, or made without it"));
        if (head.Sequence >= _expected)
            Fault(_expected, head.Sequence == _expected
                ? "is missing at the end"
                : $"is missing at the end, and so are those through {head.Sequence}");
        else if (head.Sequence < _expected - 1) Fault(head.Sequence + 1, "stands after the end");
        else if (!head.Hash.AsSpan().SequenceEqual(_previous)) Fault(head.Sequence, "is not the one that the head seals");
        if (!_isExplained) Fault(head.Base, "and those before were removed, and no entry says so");
        return _faults;
    }

    /// <summary>What the entry says that tells of a removal.</summary>
    public static string Checkpoint(long through, byte[] hash) =>
        string.Create(CultureInfo.InvariantCulture, $"through {through}, {Convert.ToHexStringLower(hash)}");

    private void Fault(long sequence, string what) => _faults.Add(new(chain, sequence, what));
}
