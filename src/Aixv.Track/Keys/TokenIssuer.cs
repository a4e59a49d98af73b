namespace Aixv.Track.Keys;

/// <summary>An OpenID Connect issuer whose tokens are accepted in place of an API key.</summary>
public sealed record TokenIssuer
{
    /// <summary>The claim <c>iss</c>, and where the discovery document is: an https URL (http for loopback addresses only).</summary>
    public required string Issuer { get; init; }

    /// <summary>The claim <c>aud</c>.</summary>
    public required string Audience { get; init; }

    /// <summary>The tenant, by name or id, of every token of this issuer. Either this or <see cref="TenantClaim"/>.</summary>
    public string? Tenant { get; init; }

    /// <summary>The claim that names the tenant.</summary>
    public string? TenantClaim { get; init; }

    /// <summary>The claim with the scopes: a list, or text with spaces between them.</summary>
    public string ScopeClaim { get; init; } = "scope";

    /// <summary>The algorithms that are accepted.</summary>
    public IReadOnlyList<string> Algorithms { get; init; } = ["ES256", "ES384", "ES512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512"];
}
