using Aixv.Authority.Hosting;
using Aixv.Authority.Issuance;

namespace Aixv.Authority.Federation;

/// <summary>Workloads: the name is the <c>sub</c> claim, an absolute URI (SPIFFE ids among them).</summary>
internal sealed class UriRule : IdentityRule
{
    public override string Name => "uri";

    public override Principal Identify(TokenClaims claims) => IsUri(claims.Subject)
        ? new Principal(new UriSubjectName(claims.Subject), claims.Issuer, claims.Subject, Challenges(claims), NoBuild)
        : throw ApiError.Forbidden("the token's claim 'sub' is no absolute URI");
}
