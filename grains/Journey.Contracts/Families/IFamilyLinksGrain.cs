using System.Collections.Immutable;
using Journey.Contracts.Access;

namespace Journey.Contracts.Families;

/// <summary>
/// Which visit a link to the family page is of: in the link it stands sealed, so that a link that is seen, forwarded or kept says nothing of the
/// visit. Stateless.
/// </summary>
[Alias("journey.family-links"), Answers(Askers.Gateways)]
public interface IFamilyLinksGrain : IGrainWithIntegerKey
{
    /// <summary>The visit, sealed for the link with that secret: 32 bytes.</summary>
    /// <param name="secretHash">SHA-256 of the link's secret, hexadecimal.</param>
    [Alias("seal")] Task<ImmutableArray<byte>> Seal(VisitId visit, string secretHash);

    /// <summary>The visit that was sealed; null when it was not sealed here, or not for that secret.</summary>
    [Alias("open")] Task<VisitId?> Open(ImmutableArray<byte> place, string secretHash);
}
