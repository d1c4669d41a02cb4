using System.Collections.Immutable;
using System.Security.Cryptography;
using Journey.Contracts;
using Journey.Contracts.Families;
using Journey.Domain;
using Orleans.Concurrency;

namespace Journey.Grains.Families;

/// <summary>
/// AES-256-GCM with a key of the house. A link's secret is drawn by lot and used once, so a nonce made of its hash is never used twice; the hash is
/// bound in besides.
/// </summary>
/// <remarks>Reentrant: it awaits nothing, so nothing can come between.</remarks>
[StatelessWorker, Reentrant, GrainType("family-links")]
internal sealed class FamilyLinksGrain(HouseKey key) : Grain, IFamilyLinksGrain
{
    private const int IdLength = 16, TagLength = 16, NonceLength = 12;
    private readonly AesGcm _aes = new(key.For("family links"), TagLength);

    public Task<ImmutableArray<byte>> Seal(VisitId visit, string secretHash)
    {
        var (hash, place) = (Convert.FromHexString(secretHash), new byte[IdLength + TagLength]);
        _aes.Encrypt(hash.AsSpan(0, NonceLength), visit.Value.ToByteArray(), place.AsSpan(0, IdLength), place.AsSpan(IdLength), hash);
        return Task.FromResult(ImmutableArray.Create(place));
    }

    public Task<VisitId?> Open(ImmutableArray<byte> place, string secretHash)
    {
        if (place is not { IsDefault: false, Length: IdLength + TagLength }) return Task.FromResult<VisitId?>(null);
        var (hash, id) = (Convert.FromHexString(secretHash), new byte[IdLength]);
        try
        {
            _aes.Decrypt(hash.AsSpan(0, NonceLength), place.AsSpan()[..IdLength], place.AsSpan()[IdLength..], id, hash);
            return Task.FromResult<VisitId?>(new VisitId(new Guid(id)));
        }
        catch (AuthenticationTagMismatchException)
        {
            return Task.FromResult<VisitId?>(null);
        }
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _aes.Dispose();
        return Task.CompletedTask;
    }
}
