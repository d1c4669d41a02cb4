using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using Journey.Contracts;
using Journey.Contracts.Families;

namespace Journey.Gateway.Http.Families;

/// <summary>
/// A link to the family page: which visit, sealed by the silos, and a secret of 192 bits. It stands behind <c>#</c>, which a browser sends to nobody,
/// and comes in a header. Links of earlier versions name the visit in clear; they open until they end.
/// </summary>
/// <param name="Place">The visit as the silos sealed it; empty in a link of an earlier version.</param>
/// <param name="Named">The visit as an earlier version named it.</param>
internal readonly record struct FamilyLink(ImmutableArray<byte> Place, Guid Named, string SecretHash)
{
    public const string Page = "/family/index.html";
    private const int SecretLength = 24, PlaceLength = 32, IdLength = 16;

    /// <summary>What the link is, and the word behind its <c>#</c>, which is told once and kept nowhere.</summary>
    public static async Task<(string Token, string SecretHash)> New(Guid visit, IFamilyLinksGrain links)
    {
        var secret = RandomNumberGenerator.GetBytes(SecretLength);
        var place = await links.Seal(new VisitId(visit), HashOf(secret));
        return (Base64Url.EncodeToString([.. place, .. secret]), HashOf(secret));
    }

    /// <summary>Null when it is no token of ours.</summary>
    public static FamilyLink? Read(string? token)
    {
        if (token is not { Length: > 0 and < 100 } || !Base64Url.IsValid(token)) return null;
        var bytes = Base64Url.DecodeFromChars(token);
        return bytes.Length switch
        {
            PlaceLength + SecretLength => new([.. bytes[..PlaceLength]], Guid.Empty, HashOf(bytes[PlaceLength..])),
            IdLength + SecretLength => new([], new Guid(bytes.AsSpan(0, IdLength)), HashOf(bytes[IdLength..])),
            _ => null,
        };
    }

    private static string HashOf(byte[] secret) => Convert.ToHexString(SHA256.HashData(secret));
}
