using System.Security.Cryptography;
using System.Text;

namespace Journey.Domain;

/// <summary>
/// A secret that every silo of the house has, and nobody else: the store makes it once, keeps it sealed and gives it to every silo that starts, so
/// that what is made of it is the same everywhere and after every start. What is made for one purpose says nothing of what is made for another.
/// </summary>
public sealed class HouseKey
{
    /// <summary>In bytes.</summary>
    public const int Length = 32;
    private byte[]? _secret;

    public static HouseKey From(byte[] secret)
    {
        var key = new HouseKey();
        key.Set(secret);
        return key;
    }

    /// <exception cref="ArgumentException">It is too short to be a secret.</exception>
    public void Set(byte[] made) =>
        _secret = made.Length >= Length ? made : throw new ArgumentException($"A secret of the house has {Length} bytes or more.", nameof(made));

    /// <summary>A key for one purpose, 32 bytes.</summary>
    public byte[] For(string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _secret
            ?? throw new InvalidOperationException("The secret of the house has not been read yet."), Length, info: Encoding.UTF8.GetBytes(purpose));
}
