namespace Aixv.Authority.Federation;

/// <summary>This Authority's own accounts: people by e-mail address, machines by URI or plain name.</summary>
internal sealed class LocalRule(string domain) : IdentityRule
{
    private readonly EmailRule email = new();
    private readonly UriRule uri = new();
    private readonly UsernameRule username = new(domain);

    public override string Name => "local";

    public override Principal Identify(TokenClaims claims) =>
        claims.Find("email") is not null ? email.Identify(claims)
        : IsUri(claims.Subject) ? uri.Identify(claims)
        : username.Identify(claims);
}
