using System.Security.Cryptography;
using System.Text;
using Journey.Contracts;

namespace Journey.Domain.Families;

/// <summary>The patient's code word, kept as a slow hash. Case and spaces at its ends do not count: it is said over a telephone.</summary>
public static class CodeWords
{
    /// <summary>45 CFR 164.510(b) asks for verification; four characters is the house's least.</summary>
    public const int Shortest = 4;

    /// <summary>
    /// Of new words: what OWASP asks for PBKDF2 with SHA-256 (2023). Each hash says with how many it was made, so older ones go on holding until the
    /// word is set anew.
    /// </summary>
    private const int Iterations = 600_000;
    private const int Length = 32;

    public static string Normal(string word) => word.Trim().Normalize(NormalizationForm.FormKC).ToUpperInvariant();

    /// <summary>The salt is made from ids that are used once, so that deciding twice decides the same.</summary>
    public static string Hash(string word, VisitId visit, CommandId command)
    {
        Span<byte> salt = stackalloc byte[32];
        visit.Value.TryWriteBytes(salt);
        command.Value.TryWriteBytes(salt[16..]);
        return $"pbkdf2-sha256${Iterations}${Convert.ToHexString(salt)}${Convert.ToHexString(Derive(word, salt, Iterations))}";
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
