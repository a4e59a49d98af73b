using Aixv.Authority.Hosting;
using Aixv.Authority.Issuance;

namespace Aixv.Authority.Federation;

/// <summary>People: the name is the verified <c>email</c> claim.</summary>
internal sealed class EmailRule : IdentityRule
{
    public override string Name => "email";

    public override string ChallengeClaim => "email";

    public override Principal Identify(TokenClaims claims)
    {
        var email = claims.Required("email");
        if (!claims.EmailIsVerified)
        {
            throw ApiError.Forbidden("the token's e-mail address is not verified (claim 'email_verified')");
        }

        if (!email.Contains('@', StringComparison.Ordinal))
        {
            throw ApiError.Forbidden("the token's claim 'email' is no e-mail address");
        }

        return new Principal(new EmailSubjectName(email), claims.Issuer, claims.Subject, Challenges(claims), NoBuild);
    }
}
