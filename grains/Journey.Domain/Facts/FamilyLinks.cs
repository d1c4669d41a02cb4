namespace Journey.Domain.Facts;

/// <summary>A link to the family page.</summary>
/// <param name="SecretHash">SHA-256 of the secret, hexadecimal.</param>
public sealed record Link(Guid Contact, string SecretHash, DateTimeOffset Until);

/// <summary>Wrong words of one contact, one link, or of callers whom nobody named.</summary>
public sealed record WordTries(Guid? By, int Misses, DateTimeOffset? LockedUntil);
