using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Journey.Contracts;
using Journey.Contracts.Audit;

namespace Journey.Domain.Audit;

/// <summary>One entry of the trail as it is stored: every column as text or number, and the two hashes that hold it in its place.</summary>
/// <remarks>What is hashed is what is stored, to the byte, and not what it means: a word that no version knows breaks no chain.</remarks>
public sealed record AuditRow
{
    public required int Chain { get; init; }
    public required long Sequence { get; init; }

    /// <summary>The version of the serialisation that is hashed.</summary>
    public required int Form { get; init; }

    /// <summary>Ids are text here, 32 digits in lower case.</summary>
    public required string Id { get; init; }

    /// <summary>Whole microseconds since 1970, UTC.</summary>
    public required long At { get; init; }

    public required string Who { get; init; }
    public string? Name { get; init; }

    /// <summary>Separated by blanks.</summary>
    public required string Roles { get; init; }

    public string? Authority { get; init; }
    public string? Address { get; init; }
    public string? Device { get; init; }
    public required string Action { get; init; }
    public required string Operation { get; init; }
    public required string Outcome { get; init; }
    public string? Visit { get; init; }
    public string? Patient { get; init; }
    public string? Unit { get; init; }
    public string? Command { get; init; }

    /// <summary>Ids in 32 digits, separated by blanks; null when there are none.</summary>
    public string? Found { get; init; }

    public string? Detail { get; init; }
    public required byte[] PreviousHash { get; init; }
    public required byte[] Hash { get; init; }
}

/// <summary>Where a chain stands.</summary>
/// <param name="Base">The last sequence that was removed by retention; 0 when none was.</param>
/// <param name="BaseHash">Its hash: what the first remaining entry follows.</param>
/// <param name="Sequence">The last entry's.</param>
/// <param name="Hash">The last entry's.</param>
/// <param name="Seal">HMAC-SHA256 of all of these with the seal's key; empty where no key is configured.</param>
public sealed record AuditHead(int Chain, long Base, byte[] BaseHash, long Sequence, byte[] Hash, byte[] Seal);

/// <summary>Links entries: each holds the hash of the one before, the head seals the last.</summary>
public static class AuditChain
{
    /// <summary>The version of the serialisation that is written.</summary>
    public const int Form = 1;

    private const int MaxText = 1000;
    private static readonly long LastMicrosecond =
        (DateTimeOffset.MaxValue.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>What the first entry of a chain follows.</summary>
    public static byte[] Genesis(int chain) => SHA256.HashData(Encoding.ASCII.GetBytes($"journey audit chain {chain}"));

    /// <summary>A chain without an entry: only what versions before 2026-12 began, or what was erased, stands so.</summary>
    public static AuditHead Start(int chain, byte[]? key) => Sealed(new(chain, 0, Genesis(chain), 0, Genesis(chain), []), key);

    /// <summary>
    /// The first entry of a chain, which says that and when it began: a trail that is whole holds one for each, so that an empty one is known for
    /// erased.
    /// </summary>
    public static AuditEntry Beginning(int chain, DateTimeOffset at) => new()
    {
        Id = NameBasedGuid.Create(NameBasedGuid.Namespace, "audit-beginning", chain.ToString(CultureInfo.InvariantCulture),
            at.UtcTicks.ToString(CultureInfo.InvariantCulture)),
        At = at, Who = new AuditParty(Actor.System.Id), Action = AuditAction.Change, Operation = AuditChains.Beginning, Outcome = AuditOutcome.Done,
    };

    /// <summary>The entry as the row after <paramref name="head"/>.</summary>
    public static AuditRow Link(AuditHead head, AuditEntry entry)
    {
        var row = new AuditRow
        {
            Chain = head.Chain,
            Sequence = head.Sequence + 1,
            Form = Form,
            Id = entry.Id.ToString("N"),
            At = (entry.At.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond,
            Who = Sanitize(entry.Who.Id)!,
            Name = Sanitize(entry.Who.Name),
            Roles = Sanitize(entry.Who.Roles.IsDefaultOrEmpty ? "" : string.Join(' ', entry.Who.Roles))!,
            Authority = Sanitize(entry.Who.Authority),
            Address = Sanitize(entry.Who.Address),
            Device = Sanitize(entry.Who.Device),
            Action = AuditText<AuditAction>.ToWord(entry.Action),
            Operation = Sanitize(entry.Operation)!,
            Outcome = AuditText<AuditOutcome>.ToWord(entry.Outcome),
            Visit = entry.Visit?.ToString("N"),
            Patient = entry.Patient?.ToString("N"),
            Unit = Sanitize(entry.Unit),
            Command = entry.Command?.ToString("N"),
            Found = entry.Found.IsDefaultOrEmpty ? null : string.Join(' ', entry.Found.Select(id => id.ToString("N"))),
            Detail = Sanitize(entry.Detail),
            PreviousHash = head.Hash,
            Hash = [],
        };
        return row with { Hash = HashOf(row) };
    }

    /// <summary>The head after <paramref name="last"/>, not sealed yet.</summary>
    public static AuditHead After(AuditHead head, AuditRow last) => head with { Sequence = last.Sequence, Hash = last.Hash, Seal = [] };

    public static AuditHead Sealed(AuditHead head, byte[]? key) => head with { Seal = key is null ? [] : SealOf(head, key) };

    /// <summary>Whether the head was sealed with this key; without a key, whether it bears no seal.</summary>
    public static bool IsGenuine(AuditHead head, byte[]? key) =>
        key is null ? head.Seal.Length == 0 : CryptographicOperations.FixedTimeEquals(head.Seal, SealOf(head, key));

    /// <summary>Whether a row is as it was written, and follows the row with the hash <paramref name="previous"/>.</summary>
    public static bool IsIntact(AuditRow row, byte[] previous) =>
        row.Form == Form && row.PreviousHash.AsSpan().SequenceEqual(previous) && row.Hash.AsSpan().SequenceEqual(HashOf(row));

    /// <summary>The entry that a row tells of; words of a later version become the nearest known ones.</summary>
    public static RecordedEntry Read(AuditRow row) => new(row.Chain, row.Sequence, new AuditEntry
    {
        Id = IdOf(row.Id) ?? Guid.Empty,
        At = DateTimeOffset.UnixEpoch.AddTicks(Math.Clamp(row.At, 0, LastMicrosecond) * TimeSpan.TicksPerMicrosecond),
        Who = new AuditParty(row.Who, row.Name, [.. row.Roles.Split(' ', StringSplitOptions.RemoveEmptyEntries)], row.Authority, row.Address,
            row.Device),
        Action = AuditText<AuditAction>.Read(row.Action) ?? AuditAction.Change,
        Operation = row.Operation,
        Outcome = AuditText<AuditOutcome>.Read(row.Outcome) ?? AuditOutcome.Failed,
        Visit = IdOf(row.Visit),
        Patient = IdOf(row.Patient),
        Unit = row.Unit,
        Command = IdOf(row.Command),
        Found = row.Found is { } found ? [.. found.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => IdOf(id) ?? Guid.Empty)] : [],
        Detail = row.Detail,
    });

    private static Guid? IdOf(string? text) => Guid.TryParse(text, out var id) ? id : null;

    /// <summary>Form 1: a fixed order; numbers big-endian, texts UTF-8 behind their length, −1 for none.</summary>
    public static byte[] HashOf(AuditRow row)
    {
        var into = new ArrayBufferWriter<byte>(512);
        into.Write("journey.audit"u8);
        Number(into, row.Form);
        Number(into, row.Chain);
        Number(into, row.Sequence);
        Text(into, row.Id);
        Number(into, row.At);
        Text(into, row.Who);
        Text(into, row.Name);
        Text(into, row.Roles);
        Text(into, row.Authority);
        Text(into, row.Address);
        Text(into, row.Device);
        Text(into, row.Action);
        Text(into, row.Operation);
        Text(into, row.Outcome);
        Text(into, row.Visit);
        Text(into, row.Patient);
        Text(into, row.Unit);
        Text(into, row.Command);
        Text(into, row.Found);
        Text(into, row.Detail);
        into.Write(row.PreviousHash);
        return SHA256.HashData(into.WrittenSpan);
    }

    private static byte[] SealOf(AuditHead head, byte[] key)
    {
        var into = new ArrayBufferWriter<byte>(128);
        into.Write("journey.audit.head"u8);
        Number(into, head.Chain);
        Number(into, head.Base);
        into.Write(head.BaseHash);
        Number(into, head.Sequence);
        into.Write(head.Hash);
        return HMACSHA256.HashData(key, into.WrittenSpan);
    }

    private static void Number(ArrayBufferWriter<byte> into, long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(into.GetSpan(8), value);
        into.Advance(8);
    }

    private static void Text(ArrayBufferWriter<byte> into, string? text)
    {
        if (text is null)
        {
            Number(into, -1);
            return;
        }

        var length = Encoding.UTF8.GetByteCount(text);
        Number(into, length);
        Encoding.UTF8.GetBytes(text, into.GetSpan(length));
        into.Advance(length);
    }

    /// <summary>What every database can hold: no NUL, no half of a surrogate pair, not endless.</summary>
    private static string? Sanitize(string? text)
    {
        if (text is null) return null;
        var clean = new StringBuilder(Math.Min(text.Length, MaxText));
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length + rune.Utf16SequenceLength > MaxText) break;
            clean.Append(rune.Value == 0 ? Rune.ReplacementChar.ToString() : rune.ToString());
        }

        return clean.ToString();
    }
}
