using System.Security.Cryptography;
using System.Text;
using Journey.Contracts;

namespace Journey.Domain.Families;

/// <summary>The patient's code word, kept as a slow hash. Case and spaces at its ends do not count: it is said over a telephone.</summary>
public static class CodeWords
{
    /// <summary>45 CFR 164.510(b) asks for verification; four characters is the house's least.</summary>
    public const int Shortest = 4;

    private const int Length = 32;

    public static string Normal(string word) => word.Trim().Normalize(NormalizationForm.FormKC).ToUpperInvariant();

    /// <summary>The salt is made from ids that are used once, so that deciding twice decides the same.</summary>
    /// <param name="iterations">See <see cref="Policies.FamilyPolicy.CodeWordIterations"/>.</param>
    public static string Hash(string word, VisitId visit, CommandId command, int iterations)
    {
        Span<byte> salt = stackalloc byte[32];
        visit.Value.TryWriteBytes(salt);
        command.Value.TryWriteBytes(salt[16..]);
        return $"pbkdf2-sha256${iterations}${Convert.ToHexString(salt)}${Convert.ToHexString(Derive(word, salt, iterations))}";
    }

    /// <summary>Takes the same time whether the word is right or wrong.</summary>
    public static bool Matches(string word, string hash)
    {
        var parts = hash.Split('$');
        var iterations = int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture);
        return CryptographicOperations.FixedTimeEquals(Derive(word, Convert.FromHexString(parts[2]), iterations), Convert.FromHexString(parts[3]));
    }

    private static byte[] Derive(string word, ReadOnlySpan<byte> salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(Normal(word)), salt, iterations, HashAlgorithmName.SHA256, Length);
}
