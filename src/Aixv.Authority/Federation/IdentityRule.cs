using System.Collections.Immutable;

namespace Aixv.Authority.Federation;

/// <summary>How the claims of one issuer's tokens become a certificate's identity.</summary>
internal abstract class IdentityRule
{
    /// <summary>The rule's name in <c>issuers.json</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The claim that clients sign as proof of possession, for <c>/api/v2/configuration</c>.</summary>
    public virtual string ChallengeClaim => "sub";

    /// <exception cref="Hosting.ApiError">The token lacks what the rule needs.</exception>
    public abstract Principal Identify(TokenClaims claims);

    /// <summary>The verified address and the subject: clients sign the one or the other.</summary>
    private protected static ImmutableArray<string> Challenges(TokenClaims claims) =>
        claims is { EmailIsVerified: true } && claims.Find("email") is { } email ? [email, claims.Subject] : [claims.Subject];

    private protected static ImmutableSortedDictionary<int, string> NoBuild => ImmutableSortedDictionary<int, string>.Empty;

    /// <summary>Leaves out what the token does not say.</summary>
    private protected static ImmutableSortedDictionary<int, string> Build(params ReadOnlySpan<(int Extension, string? Value)> facts)
    {
        var build = ImmutableSortedDictionary.CreateBuilder<int, string>();
        foreach (var (extension, value) in facts)
        {
            if (value is not null)
            {
                build.Add(extension, value);
            }
        }

        return build.ToImmutable();
    }

    /// <summary>Whether <paramref name="text"/> is an absolute URI with a scheme, as <c>https://…</c> or <c>spiffe://…</c>.</summary>
    internal static bool IsUri(string text) =>
        text.Contains(':', StringComparison.Ordinal) && text.All(c => c is > ' ' and <= '~') && Uri.TryCreate(text, UriKind.Absolute, out _)
        && !text.StartsWith('/');
}
