using System.Collections.Immutable;

namespace Aixv.Authority.Federation;

/// <summary>An issuer whose tokens buy certificates here.</summary>
/// <param name="Issuer">The exact <c>iss</c> of its tokens.</param>
/// <param name="Audience">The <c>aud</c> that must be among theirs.</param>
/// <param name="Algorithms">The signature algorithms accepted of it (RFC 7518 names).</param>
internal sealed record TrustedIssuer(string Issuer, string Audience, ImmutableArray<string> Algorithms, IssuerKeys Keys, IdentityRule Rule)
{
    /// <summary>All that may ever be allowed: asymmetric ones.</summary>
    public static ImmutableArray<string> KnownAlgorithms { get; } =
        ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];
}
