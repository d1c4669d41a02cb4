using System.Buffers.Text;
using System.Security.Cryptography;

namespace Journey.Gateway.Families;

/// <summary>A link to the family page: which visit, and a secret of 192 bits. It stands behind <c>#</c>, which a browser sends to nobody, and comes in a header.</summary>
internal readonly record struct FamilyLink(Guid Visit, string Token, string SecretHash)
{
    public const string Page = "/family/index.html";
    private const int SecretLength = 24;

    public static FamilyLink New(Guid visit) => Of(visit, RandomNumberGenerator.GetBytes(SecretLength));

    /// <summary>Null when it is no token of ours.</summary>
    public static FamilyLink? Read(string? token)
    {
        if (token is not { Length: > 0 and < 100 } || !Base64Url.IsValid(token)) return null;
        var bytes = Base64Url.DecodeFromChars(token);
        return bytes.Length == 16 + SecretLength ? Of(new Guid(bytes.AsSpan(0, 16)), bytes[16..]) : null;
    }

    private static FamilyLink Of(Guid visit, byte[] secret) =>
        new(visit, Base64Url.EncodeToString([.. visit.ToByteArray(), .. secret]), Convert.ToHexString(SHA256.HashData(secret)));
}
