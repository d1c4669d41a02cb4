using System.Collections.Concurrent;
using System.Security.Cryptography;
using Journey.Contracts;
using Journey.Gateway.Trust.Identity;
using Journey.Gateway.Trust.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Primitives;

namespace Journey.Gateway.Http.Commands;

/// <summary>
/// Makes a command's id from the caller, the method and path of the request, and its <c>Idempotency-Key</c>. Two callers may choose the same key, and
/// one caller may use it for two visits: the ids differ. The grains make sure that no command is carried out twice. What is remembered here, bounded
/// and per process, only tells a caller that a key came again with another body.
/// </summary>
internal sealed class Idempotency
{
    private const int MaxKeyLength = Api.Limits.IdempotencyKey;
    private const int Capacity = 20_000;

    /// <summary>In bytes: the server accepts no longer body.</summary>
    private const int LongestBody = 64 * 1024;
    private readonly ConcurrentDictionary<Guid, UInt128> _bodies = new();
    private readonly ConcurrentQueue<Guid> _order = new();

    /// <summary>The caller's key; null when the request has none, or one that is <see cref="Unusable"/>.</summary>
    public static string? KeyOf(HttpContext http) => Sent(http) is [{ Length: > 0 and <= MaxKeyLength } key] ? key : null;

    /// <summary>
    /// The refusal of a key that cannot be used; null when it can, or when there is none. Its sender believes that the request may be sent again, so
    /// it is not carried out without one.
    /// </summary>
    public static ProblemHttpResult? Unusable(HttpContext http) => Sent(http).Count == 0 || KeyOf(http) is not null
        ? null
        : Problem.Invalid(Api.Paths.IdempotencyKey, $"One, of 1 to {MaxKeyLength} characters.", Api.ProblemCodes.IdempotencyKeyInvalid);

    /// <summary>For what is never sent again under a key.</summary>
    public static CommandId Fresh => new(Guid.NewGuid());

    /// <summary>The id for a caller's key; a fresh one without.</summary>
    /// <param name="caller">Whoever sends it: an account acts for several people where it says for whom.</param>
    public static CommandId IdOf(HttpContext http, string caller, string? key) => key is null
        ? Fresh
        : new(NameBasedGuid.Create(NameBasedGuid.Namespace, "http", caller, http.Request.Method, http.Request.Path.ToString(), key));

    /// <summary>The same for staff.</summary>
    public static CommandId IdOf(HttpContext http, string? key) => IdOf(http, $"{http.Caller().Id}\n{ActingStaff.From(http).Id}", key);

    /// <summary>
    /// Lets the body be read again once it has been taken for the request: whether it came before is asked after it was checked. Kept in memory,
    /// never in a file.
    /// </summary>
    public static void KeepBody(HttpContext http)
    {
        if (http.Request.Headers.ContainsKey(Api.Paths.IdempotencyKey)) http.Request.EnableBuffering(LongestBody, LongestBody);
    }

    /// <summary>The refusal of a key that came with another body before; null when it did not.</summary>
    public async Task<ProblemHttpResult?> Reused(HttpContext http, CommandId id, string? key)
    {
        if (key is null) return null;
        http.Request.Body.Position = 0;
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        return Reused(id, key, body.ToArray());
    }

    /// <summary>The same, where the body is known.</summary>
    public ProblemHttpResult? Reused(CommandId id, string? key, ReadOnlySpan<byte> body) => key is null || IsSameRequest(id, body)
        ? null
        : Problem.Create(StatusCodes.Status422UnprocessableEntity, Api.ProblemCodes.IdempotencyKeyReused,
            "This key came with another request before: nothing was done. Send another request under a key of its own.");

    private static StringValues Sent(HttpContext http) => http.Request.Headers[Api.Paths.IdempotencyKey];

    private bool IsSameRequest(CommandId id, ReadOnlySpan<byte> body)
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
