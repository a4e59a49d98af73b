namespace Aixv.Sigstore.Oidc;

/// <summary>Who asks an issuer for tokens.</summary>
/// <param name="Issuer">The issuer's exact name, an http or https URL.</param>
/// <param name="ClientId">The client's id, which is also the audience of its tokens.</param>
/// <param name="ClientSecret">For issuers that insist on one in public clients; not a secret in a program that is handed out.</param>
public sealed record OidcClient(string Issuer, string ClientId = IdentityToken.SigstoreAudience, string? ClientSecret = null)
{
    internal const string Scope = "openid email";

    internal Dictionary<string, string> Form(params ReadOnlySpan<(string Name, string Value)> fields)
    {
        var form = new Dictionary<string, string> { ["client_id"] = ClientId };
        if (ClientSecret is { } secret)
        {
            form["client_secret"] = secret;
        }

        foreach (var (name, value) in fields)
        {
            form[name] = value;
        }

        return form;
    }
}
