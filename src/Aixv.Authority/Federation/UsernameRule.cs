using Aixv.Authority.Hosting;
using Aixv.Authority.Issuance;

namespace Aixv.Authority.Federation;

/// <summary>Names without a domain of their own: <c>sub!domain</c>.</summary>
internal sealed class UsernameRule(string domain) : IdentityRule
{
    public override string Name => "username";

    public override Principal Identify(TokenClaims claims) => claims.Subject.AsSpan().ContainsAny("!@/")
        ? throw ApiError.Forbidden("the token's claim 'sub' is no plain name: it holds '!', '@' or '/'")
        : new Principal(new UserSubjectName(claims.Subject, domain), claims.Issuer, claims.Subject, Challenges(claims), NoBuild);
}
