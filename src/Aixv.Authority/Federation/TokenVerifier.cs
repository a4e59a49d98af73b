using System.Collections.Immutable;
using System.Text.Json;
using Aixv.Authority.Hosting;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Aixv.Authority.Federation;

/// <summary>Verifies identity tokens: known issuer, allowed algorithm, signature, audience, time. Messages never repeat the token.</summary>
internal sealed class TokenVerifier(ImmutableArray<TrustedIssuer> issuers, TimeProvider time)
{
    private const int MaximumLength = 16 * 1024;
    private static readonly TimeSpan Leeway = TimeSpan.FromSeconds(30);
    private readonly JsonWebTokenHandler handler = new() { MaximumTokenSizeInBytes = MaximumLength, MapInboundClaims = false };

    public ImmutableArray<TrustedIssuer> Issuers => issuers;

    /// <exception cref="ApiError">The token is not good, with the reason.</exception>
    public async Task<Principal> VerifyAsync(string token, CancellationToken cancellationToken)
    {
        var jwt = Read(token);
        var issuer = issuers.FirstOrDefault(i => i.Issuer == jwt.Issuer)
            ?? throw ApiError.Unauthenticated($"the token's issuer '{Shorten(jwt.Issuer)}' is not trusted here");
        if (!issuer.Algorithms.Contains(jwt.Alg))
        {
            throw ApiError.Unauthenticated(
                $"the token's algorithm '{Shorten(jwt.Alg)}' is not accepted from {issuer.Issuer} (accepted: {string.Join(", ", issuer.Algorithms)})");
        }

        var result = await handler.ValidateTokenAsync(jwt, ParametersFor(issuer, await FindKeysAsync(issuer, jwt.Kid, cancellationToken)));
        if (!result.IsValid)
        {
            throw ApiError.Unauthenticated(Explain(result.Exception, issuer));
        }

        return issuer.Rule.Identify(new TokenClaims(ReadPayload(jwt)));
    }

    /// <summary>The key that the token names; all of them when it names none.</summary>
    private static async Task<IReadOnlyList<SecurityKey>> FindKeysAsync(TrustedIssuer issuer, string? keyId, CancellationToken cancellationToken)
    {
        var keys = await issuer.Keys.FindAsync(keyId, cancellationToken);
        SecurityKey[] fitting = [.. keys.Where(k => string.IsNullOrEmpty(keyId) || k.KeyId == keyId)];
        return fitting.Length > 0
            ? fitting
            : throw ApiError.Unauthenticated($"the token is signed by a key that {issuer.Issuer} does not publish");
    }

    private static JsonWebToken Read(string token)
    {
        if (token.Length > MaximumLength)
        {
            throw ApiError.Unauthenticated($"the token is longer than {MaximumLength} characters");
        }

        try
        {
            return new JsonWebToken(token);
        }
        catch (Exception e) when (e is ArgumentException or JsonException or FormatException)
        {
            throw ApiError.Unauthenticated("the token cannot be read as a JWT in compact form");
        }
    }

    private TokenValidationParameters ParametersFor(TrustedIssuer issuer, IReadOnlyList<SecurityKey> keys) => new()
    {
        ValidIssuer = issuer.Issuer,
        ValidAudience = issuer.Audience,
        ValidAlgorithms = issuer.Algorithms,
        IssuerSigningKeys = keys,
        TryAllIssuerSigningKeys = true,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        LifetimeValidator = (notBefore, expires, _, _) => IsInTime(notBefore, expires),
    };

    private bool IsInTime(DateTime? notBefore, DateTime? expires)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return expires is { } end && now < end + Leeway && (notBefore is not { } start || now >= start - Leeway);
    }

    private JsonElement ReadPayload(JsonWebToken jwt)
    {
        try
        {
            var options = new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 16 };
            using var document = JsonDocument.Parse(WebEncoders.Base64UrlDecode(jwt.EncodedPayload), options);
            var payload = document.RootElement.Clone();
            if (payload.TryGetProperty("iat", out var issued) && issued.TryGetInt64(out var seconds)
                && DateTimeOffset.FromUnixTimeSeconds(seconds) > time.GetUtcNow() + Leeway)
            {
                throw ApiError.Unauthenticated("the token was issued in the future (claim 'iat')");
            }

            return payload;
        }
        catch (Exception e) when (e is JsonException or FormatException or ArgumentException or InvalidOperationException)
        {
            throw ApiError.Unauthenticated("the token's payload is not one strict JSON object");
        }
    }

    private static string Explain(Exception failure, TrustedIssuer issuer) => failure switch
    {
        SecurityTokenInvalidLifetimeException => "the token is expired or not valid yet",
        SecurityTokenNoExpirationException => "the token has no expiry (claim 'exp')",
        SecurityTokenInvalidAudienceException => $"the token's audience is not '{issuer.Audience}'",
        SecurityTokenInvalidAlgorithmException => "the token's algorithm does not fit the issuer's key",
        SecurityTokenInvalidSignatureException or SecurityTokenSignatureKeyNotFoundException => $"the token's signature is not that of {issuer.Issuer}",
        _ => $"the token is not valid ({failure.GetType().Name})",
    };

    private static string Shorten(string? text) => text is null ? "" : text.Length <= 100 ? text : $"{text.AsSpan(0, 100)}…";
}
