using System.Collections.Concurrent;
using System.Security.Cryptography;
using Journey.Contracts;

namespace Journey.Gateway.Visits;

/// <summary>
/// Command ids from a caller's <c>Idempotency-Key</c>. The visit itself guards against carrying a command out twice; what is remembered
/// here, bounded and per process, only tells a caller that a key was used again for something else.
/// </summary>
internal sealed class Idempotency
{
    public const int MaxKeyLength = 200;
    private const int Capacity = 20_000;
    private readonly ConcurrentDictionary<Guid, UInt128> _bodies = new();
    private readonly ConcurrentQueue<Guid> _order = new();

    /// <summary>The caller's key, null when there is none. One that cannot be used is an error: who sent it counts on being safe to send again.</summary>
    public static string? KeyOf(HttpContext http, Fields fields)
    {
        var sent = http.Request.Headers[Api.Paths.IdempotencyKey];
        if (sent is [{ Length: > 0 and <= MaxKeyLength } key]) return key;
        if (sent.Count > 0) fields.Wrong(Api.Paths.IdempotencyKey, $"One, of 1 to {MaxKeyLength} characters.");
        return null;
    }

    /// <summary>The id for a key; a fresh one, as a name-based id of chance, without.</summary>
    public static CommandId IdOf(Guid visit, string route, string? key) => key is null
        ? new(Guid.NewGuid())
        : new(NameBasedGuid.Create(NameBasedGuid.Namespace, "http", visit.ToString("N"), route, key));

    /// <summary>False when this id came with another body before.</summary>
    public bool IsSameRequest(CommandId id, ReadOnlySpan<byte> body)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, hash);
        var digest = new UInt128(BitConverter.ToUInt64(hash), BitConverter.ToUInt64(hash[8..]));
        if (!_bodies.TryAdd(id.Value, digest)) return !_bodies.TryGetValue(id.Value, out var before) || before == digest;
        _order.Enqueue(id.Value);
        if (_order.Count > Capacity && _order.TryDequeue(out var oldest)) _bodies.TryRemove(oldest, out _);
        return true;
    }
}
