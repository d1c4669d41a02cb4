using System.Buffers.Binary;
using System.Security.Cryptography;
using Journey.Contracts.Access;
using Orleans.Serialization;

namespace Journey.Hosting;

/// <summary>
/// Shows a silo that a gateway said who calls: what travels with a call any client can set. HMAC-SHA256 with a key that both have, over the caller
/// and the time. TLS says which process speaks; this says that the caller was made by one that holds the key, also after a call went from grain to
/// grain and silo to silo. What is sealed is the caller's own bytes, so that a version with one member more is understood by one without. It is not
/// bound to a grain or method, for it travels on: within its time whoever reads memory of the house could use it again.
/// </summary>
public sealed class CallerSeal(byte[] key, Serializer<Caller> callers, TimeProvider clock)
{
    /// <summary>
    /// How far the clocks of two machines may be apart, together with how long one call may go about the house. Kerberos gives as much.
    /// </summary>
    private static readonly TimeSpan Good = TimeSpan.FromMinutes(5);

    private const int Time = HMACSHA256.HashSizeInBytes;
    private const int Said = Time + sizeof(long);

    public byte[] Seal(Caller caller)
    {
        var said = callers.SerializeToArray(caller);
        var proof = new byte[Said + said.Length];
        BinaryPrimitives.WriteInt64BigEndian(proof.AsSpan(Time), clock.GetUtcNow().ToUnixTimeMilliseconds());
        said.CopyTo(proof, Said);
        HMACSHA256.HashData(key, proof.AsSpan(Time), proof);
        return proof;
    }

    /// <summary>Whom it proves; null when it proves nobody, or did so too long ago.</summary>
    public Caller? Open(byte[] proof)
    {
        if (proof.Length < Said) return null;
        Span<byte> expected = stackalloc byte[Time];
        HMACSHA256.HashData(key, proof.AsSpan(Time), expected);
        if (!CryptographicOperations.FixedTimeEquals(expected, proof.AsSpan(0, Time))) return null;
        var at = DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(proof.AsSpan(Time)));
        return (clock.GetUtcNow() - at).Duration() <= Good ? callers.Deserialize(proof.AsMemory(Said)) : null;
    }
}
