using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Aixv.Authority.Federation;

/// <summary>The public keys of one issuer.</summary>
internal abstract class IssuerKeys
{
    /// <summary>The keys among which the one named <paramref name="keyId"/> should be.</summary>
    /// <exception cref="Hosting.ApiError">The keys cannot be had.</exception>
    public abstract ValueTask<IReadOnlyList<SecurityKey>> FindAsync(string? keyId, CancellationToken cancellationToken);

    /// <summary>Reads a JWKS (RFC 7517 §5); keys of unknown kinds and symmetric keys are left out.</summary>
    /// <exception cref="FormatException">Not a JWKS, or without a usable key.</exception>
    public static IReadOnlyList<SecurityKey> Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            var set = new JsonWebKeySet(Encoding.UTF8.GetString(json)) { SkipUnresolvedJsonWebKeys = true };
            SecurityKey[] keys = [.. set.GetSigningKeys().Where(k => k is AsymmetricSecurityKey or JsonWebKey { Kty: "RSA" or "EC" })];
            return keys.Length > 0 ? keys : throw new FormatException("the JWKS has no RSA or EC key");
        }
        catch (Exception e) when (e is ArgumentException or System.Text.Json.JsonException)
        {
            throw new FormatException($"not a JWKS ({e.Message})", e);
        }
    }
}
