using System.Collections.Concurrent;
using System.Security.Cryptography;
using Journey.Hosting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;

namespace Journey.Storage.Sealing;

/// <summary>A key of the ring.</summary>
/// <param name="Id">Stands in everything that it seals.</param>
/// <param name="Current">What is written from now on is sealed with it.</param>
public sealed record SealingKey(Guid Id, DateTimeOffset Created, DateTimeOffset Expires, bool Current);

/// <summary>
/// Seals what is sensitive with AES-256-GCM and the keys of a folder (ASP.NET Core Data Protection). A key is made when there is none, and another
/// every 90 days; none is ever removed, for what it sealed must be read for years. Bound to its place: a value that was moved to another row does not
/// open.
/// </summary>
public sealed class KeyRing : IDisposable
{
    private const int HeaderLength = 20;

    /// <summary>What Data Protection begins everything with.</summary>
    private static ReadOnlySpan<byte> Magic => [0x09, 0xF0, 0xC9, 0xF0];

    /// <summary>Another silo may have made a key meanwhile; looking for it again and again would help nobody.</summary>
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(5);

    private readonly string _folder;

    /// <summary>
    /// Where its keys lie: of all that Journey keeps this alone is the same for every silo, outside of the database, and no older after a restore.
    /// </summary>
    internal string Folder => _folder;

    private readonly StorageOptions _options;
    private readonly TimeProvider _clock;
    private readonly Lock _gate = new();
    private volatile OpenRing _ring;
    private long _lookedAt;

    internal KeyRing(StorageOptions options, TimeProvider clock)
    {
        (_options, _clock) = (options, clock);
        _folder = options.KeyRing ?? Path.Combine(options.DataDirectory, "storage-keys");
        IsOfThisMachine = options.KeyRing is null && options.IsPostgreSql;
        try
        {
            OwnerOnly.Folder(_folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(
                $"The key ring '{_folder}' cannot be made or read: check the folder and its permissions (Journey:Storage:KeyRing).", e);
        }

        _ring = Open();
    }

    /// <summary>Nobody has said where the keys are, and the database is not of this machine: they may be gone before it is.</summary>
    internal bool IsOfThisMachine { get; }

    public IReadOnlyList<SealingKey> Keys()
    {
        var current = KeyOf(Seal([0], "which key", ""));
        return [.. Manager.GetAllKeys().OrderBy(k => k.CreationDate)
            .Select(k => new SealingKey(k.KeyId, k.CreationDate, k.ExpirationDate, k.KeyId == current))];
    }

    /// <summary>A new key for what is written from now on. Processes that run take it up within a day, and read what it sealed at once.</summary>
    public void Rotate()
    {
        var now = _clock.GetUtcNow();
        Manager.CreateNewKey(now, now.AddDays(90));
        Reopen();
    }

    /// <param name="kind">Which column.</param>
    /// <param name="row">Which row of it.</param>
    internal byte[] Seal(byte[] plain, string kind, string row) => Protector(kind, row).Protect(plain);

    /// <summary>What seals and opens all that stands in one row of one column. Not to be kept: the ring may be opened anew.</summary>
    internal IDataProtector Protector(string kind, string row) => _ring.Of(kind).CreateProtector(row);

    /// <exception cref="StorageException">Its key is not in the ring, or it is not as it was written, or of another row.</exception>
    internal byte[] Open(byte[] content, string kind, string row)
    {
        try
        {
            return Protector(kind, row).Unprotect(content);
        }
        catch (CryptographicException) when (MayLookAgain())
        {
            Reopen();
            return Open(content, kind, row);
        }
        catch (CryptographicException e)
        {
            throw new StorageException(
                $"A {kind} cannot be opened: the key {KeyOf(content)} is not in the ring of Journey:Storage:KeyRing, or the row was altered or "
                    + $"moved. Nothing was changed.", e);
        }
    }

    /// <summary>Whether it was sealed at all: what was written before there was a ring was not.</summary>
    internal static bool IsSealed(ReadOnlySpan<byte> content) => content.Length > HeaderLength && content.StartsWith(Magic);

    internal static Guid KeyOf(ReadOnlySpan<byte> content) => IsSealed(content) ? new Guid(content[Magic.Length..HeaderLength]) : Guid.Empty;

    public void Dispose() => _ring.Dispose();

    private IKeyManager Manager => _ring.Manager;

    private bool MayLookAgain()
    {
        lock (_gate)
        {
            var now = _clock.GetTimestamp();
            if (_lookedAt != 0 && _clock.GetElapsedTime(_lookedAt, now) < LookAgainAfter) return false;
            _lookedAt = now;
            return true;
        }
    }

    /// <summary>The one before goes with its last user: somebody may be sealing with it.</summary>
    private void Reopen() => _ring = Open();

    private OpenRing Open()
    {
        var services = new ServiceCollection();
        services.AddDataProtection().SetApplicationName("Journey storage").PersistKeysToFileSystem(new DirectoryInfo(_folder))
            .UseCryptographicAlgorithms(new AuthenticatedEncryptorConfiguration
            {
                EncryptionAlgorithm = EncryptionAlgorithm.AES_256_GCM,
            }).SealedFor(_options.KeyRingCertificates, _options.KeyRingPasswordFile);
        return new OpenRing(services.BuildServiceProvider());
    }

    /// <summary>The ring as it was read from its folder.</summary>
    private sealed class OpenRing(ServiceProvider services) : IDisposable
    {
        private readonly IDataProtectionProvider _provider = services.GetRequiredService<IDataProtectionProvider>();

        /// <summary>There are a handful of columns, and each has texts in nearly every commit.</summary>
        private readonly ConcurrentDictionary<string, IDataProtector> _byKind = [];

        public IKeyManager Manager { get; } = services.GetRequiredService<IKeyManager>();

        public IDataProtector Of(string kind) =>
            _byKind.GetOrAdd(kind, static (kind, provider) => provider.CreateProtector(kind), _provider);

        public void Dispose() => services.Dispose();
    }
}
