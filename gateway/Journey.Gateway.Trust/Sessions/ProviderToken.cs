using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Journey.Gateway.Trust.Sessions;

/// <summary>What the provider signed for people's client outside of a sign-in, which the framework reads itself.</summary>
internal static class ProviderToken
{
    /// <summary>Whether it is the provider's, for this client, and still good; with its claims if so.</summary>
    public static async Task<TokenValidationResult> Read(string text, OpenIdConnectOptions provider, CancellationToken cancellation)
    {
        var published = await provider.ConfigurationManager!.GetConfigurationAsync(cancellation);
        var valid = await new JsonWebTokenHandler().ValidateTokenAsync(text, new TokenValidationParameters
        {
            ValidIssuer = published.Issuer, ValidAudience = provider.ClientId, IssuerSigningKeys = published.SigningKeys,
            RequireExpirationTime = true, RequireSignedTokens = true,
        });
        // A key that is new there is known with the next token.
        if (valid.Exception is SecurityTokenSignatureKeyNotFoundException) provider.ConfigurationManager.RequestRefresh();
        return valid;
    }
}
