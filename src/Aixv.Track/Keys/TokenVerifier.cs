using System.Collections.Frozen;
using System.Text.Json;
using Aixv.Track.Hosting;
using Aixv.Track.Tenants;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Aixv.Track.Keys;

/// <summary>Verifies tokens of configured issuers: algorithm, signature by the issuer's published keys, audience, time. Messages never repeat a token.</summary>
internal sealed class TokenVerifier
{
    private const int MaximumLength = 16 * 1024;
    private const int MaximumSubject = 256;
    private static readonly TimeSpan Leeway = TimeSpan.FromSeconds(30);
    private readonly JsonWebTokenHandler handler = new() { MaximumTokenSizeInBytes = MaximumLength, MapInboundClaims = false };
    private readonly FrozenDictionary<string, (TokenIssuer Issuer, ConfigurationManager<OpenIdConnectConfiguration> Keys)> issuers;
    private readonly TenantDirectory tenants;
    private readonly TimeProvider time;

    /// <param name="issuers">Those that are trusted.</param>
    /// <param name="tenants">Where tenants are looked up.</param>
    /// <param name="http">Fetches the issuers' keys.</param>
    /// <param name="time">The clock.</param>
    public TokenVerifier(IEnumerable<TokenIssuer> issuers, TenantDirectory tenants, HttpClient http, TimeProvider time)
    {
        (this.tenants, this.time) = (tenants, time);
        this.issuers = issuers.ToFrozenDictionary(i => i.Issuer, i => (i, Discover(i, http)), StringComparer.Ordinal);
    }

    private static ConfigurationManager<OpenIdConnectConfiguration> Discover(TokenIssuer issuer, HttpClient http)
    {
        var retriever = new HttpDocumentRetriever(http) { RequireHttps = new Uri(issuer.Issuer).Scheme == Uri.UriSchemeHttps };
        return new($"{issuer.Issuer.TrimEnd('/')}/.well-known/openid-configuration", new OpenIdConnectConfigurationRetriever(), retriever);
    }

    /// <exception cref="ApiError">The token is not good, with the reason.</exception>
    public async Task<Caller> VerifyAsync(string token, CancellationToken cancellationToken)
    {
        var jwt = Read(token);
        if (!issuers.TryGetValue(jwt.Issuer, out var known))
        {
            throw ApiError.Unauthorized("the token's issuer is not trusted here");
        }

        var (issuer, keys) = known;
        var result = await ValidateAsync(jwt, issuer, keys, cancellationToken);
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
        {
            // The issuer may have a new key; the manager itself sees to it that this is not asked for too often.
            keys.RequestRefresh();
            result = await ValidateAsync(jwt, issuer, keys, cancellationToken);
        }

        return result.IsValid ? await CallerAsync(jwt, issuer, cancellationToken) : throw ApiError.Unauthorized(Explain(result.Exception));
    }

    private async Task<TokenValidationResult> ValidateAsync(
        JsonWebToken jwt, TokenIssuer issuer, ConfigurationManager<OpenIdConnectConfiguration> keys, CancellationToken cancellationToken)
    {
        OpenIdConnectConfiguration published;
        try
        {
            published = await keys.GetConfigurationAsync(cancellationToken);
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or HttpRequestException)
        {
            throw ApiError.Unavailable($"the keys of {issuer.Issuer} cannot be had");
        }

        return await handler.ValidateTokenAsync(jwt, new TokenValidationParameters
        {
            ValidIssuer = issuer.Issuer,
            ValidAudience = issuer.Audience,
            ValidAlgorithms = issuer.Algorithms,
            IssuerSigningKeys = published.SigningKeys,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            LifetimeValidator = (notBefore, expires, _, _) => IsInTime(notBefore, expires),
        });
    }

    private bool IsInTime(DateTime? notBefore, DateTime? expires)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return expires is { } end && now < end + Leeway && (notBefore is not { } start || now >= start - Leeway);
    }

    private static JsonWebToken Read(string token)
    {
        if (token.Length > MaximumLength)
        {
            throw ApiError.Unauthorized($"the token is longer than {MaximumLength} characters");
        }

        try
        {
            return new JsonWebToken(token);
        }
        catch (Exception e) when (e is ArgumentException or JsonException or FormatException)
        {
            throw ApiError.Unauthorized("the token is neither an API key nor a JWT in compact form");
        }
    }

    private async Task<Caller> CallerAsync(JsonWebToken jwt, TokenIssuer issuer, CancellationToken cancellationToken)
    {
        var name = issuer.Tenant ?? (jwt.TryGetPayloadValue<string>(issuer.TenantClaim, out var claimed) ? claimed : null)
            ?? throw ApiError.Unauthorized($"the token has no claim '{issuer.TenantClaim}', which names the tenant");
        var tenant = await tenants.FindByNameAsync(name, cancellationToken)
            ?? (Storage.TrackId.TryParse(name, out var id) ? await tenants.FindAsync(id, cancellationToken) : null);
        if (tenant is null || tenant.Id == Tenant.System.Id)
        {
            throw ApiError.Forbidden("the token's tenant is not one of this server");
        }

        if (jwt.Subject is not { Length: > 0 and <= MaximumSubject } subject || subject.Any(char.IsControl))
        {
            throw ApiError.Unauthorized("the token has no usable subject (claim 'sub')");
        }

        return new Caller(tenant, $"jwt:{issuer.Issuer}#{subject}", ScopesOf(jwt, issuer));
    }

    /// <summary>A list has a claim for each of its items.</summary>
    private static FrozenSet<string> ScopesOf(JsonWebToken jwt, TokenIssuer issuer) => jwt.Claims
        .Where(c => c.Type == issuer.ScopeClaim).SelectMany(c => c.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Where(Scope.IsKnown).ToFrozenSet(StringComparer.Ordinal);

    private static string Explain(Exception? failure) => failure switch
    {
        SecurityTokenInvalidLifetimeException => "the token is expired or not valid yet",
        SecurityTokenNoExpirationException => "the token has no expiry (claim 'exp')",
        SecurityTokenInvalidAudienceException => "the token is meant for another audience",
        SecurityTokenInvalidAlgorithmException => "the token's algorithm is not accepted",
        SecurityTokenInvalidSignatureException or SecurityTokenSignatureKeyNotFoundException => "the token's signature is not its issuer's",
        _ => $"the token is not valid ({failure?.GetType().Name})",
    };
}
