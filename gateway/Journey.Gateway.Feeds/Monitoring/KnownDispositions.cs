using System.Collections.Frozen;
using Journey.Contracts.Intake;
using Journey.Gateway.Feeds.Mapping;

namespace Journey.Gateway.Feeds.Monitoring;

/// <summary>
/// The codes of PV1-36 that the policy has. They are the house's and not a feed's, so the mapping does not know them; what it read is held against
/// them afterwards.
/// </summary>
internal sealed class KnownDispositions(IEnumerable<string> codes)
{
    private readonly FrozenSet<string> _codes = codes.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The message with a finding for each code that the policy does not have.</summary>
    public Mapped Judge(Mapped mapped)
    {
        if (mapped.Message is not { } message) return mapped;
        var findings = new Findings();
        foreach (var step in message.Steps)
            if (step is About { Command.Details.Disposition: { Length: > 0 } code } && !IsKnown(code)) findings.Unknown("PV1-36", code);
        return findings.All is { IsEmpty: false } unknown ? mapped with { Findings = mapped.Findings.AddRange(unknown) } : mapped;
    }

    /// <summary>As the policy is asked when a visit ends.</summary>
    private bool IsKnown(string code) => _codes.Contains(code) || _codes.Contains(code.ToUpperInvariant());
}
