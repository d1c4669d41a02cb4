using Journey.Gateway.Trust.Identity;
using Journey.Hosting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace Journey.Gateway.Trust.Sessions;

/// <summary>What seals the keys that protect sessions where they lie. They are needed before options are.</summary>
internal sealed class SessionRing : IValidateOptions<IdentityOptions>
{
    public static void Seal(IDataProtectionBuilder ring, IConfiguration configuration)
    {
        // What is wrong stops the start a moment later, with a sentence.
        if (configuration.GetSection(IdentityOptions.Section).Get<IdentityOptions>() is { } options && Objection(options) is null)
            ring.SealedFor(options.KeyRingCertificates, options.KeyRingPasswordFile);
    }

    public ValidateOptionsResult Validate(string? name, IdentityOptions options) =>
        Objection(options) is { } wrong ? ValidateOptionsResult.Fail(wrong) : ValidateOptionsResult.Success;

    private static string? Objection(IdentityOptions options) =>
        RingCertificates.Objection(options.KeyRingCertificates, options.KeyRingPasswordFile, IdentityOptions.Section);
}
