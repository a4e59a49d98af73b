using System.Text;
using Aixv.Sigstore.Signing;
using Aixv.Sigstore.Transport;

namespace Aixv.Sigstore.Oidc;

/// <summary>The person signs in by a browser on this machine: authorization code with PKCE on a loopback port (RFC 8252, RFC 7636).</summary>
public sealed class BrowserTokenSource(ServiceTransport transport, OidcClient client, InteractivePrompt prompt) : IdentityTokenSource
{
    /// <summary>How long the person may take.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(5);

    public override string Name => $"signing in at {client.Issuer}";

    public override async Task<IdentityToken?> FindAsync(CancellationToken cancellationToken = default)
    {
        var discovery = await OidcDiscovery.FetchAsync(transport, client.Issuer, cancellationToken).ConfigureAwait(false);
        using var listener = new LoopbackListener();
        var (state, nonce, proof) = (ProofKey.RandomText(), ProofKey.RandomText(), new ProofKey());
        Invite(AuthorizationUrl(discovery, listener.RedirectUri, state, nonce, proof));
        var query = await WaitAsync(listener, state, cancellationToken).ConfigureAwait(false);
        var code = ReadCode(query);
        var endpoint = new TokenEndpoint(transport);
        var form = client.Form(
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", listener.RedirectUri.AbsoluteUri), ("code_verifier", proof.Verifier));
        var response = await endpoint.PostAsync(discovery.TokenEndpoint, form, cancellationToken).ConfigureAwait(false);
        return TokenEndpoint.ReadToken(response.Accepted(), client, nonce, nonceRequired: true);
    }

    private Uri AuthorizationUrl(OidcDiscovery discovery, Uri redirect, string state, string nonce, ProofKey proof)
    {
        (string Name, string Value)[] fields =
        [
            ("response_type", "code"),
            ("client_id", client.ClientId),
            ("redirect_uri", redirect.AbsoluteUri),
            ("scope", OidcClient.Scope),
            ("state", state),
            ("nonce", nonce),
            ("code_challenge", proof.Challenge),
            ("code_challenge_method", "S256"),
        ];
        var url = new StringBuilder(discovery.AuthorizationEndpoint.AbsoluteUri);
        var separator = discovery.AuthorizationEndpoint.Query.Length > 0 ? '&' : '?';
        foreach (var (name, value) in fields)
        {
            url.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
            separator = '&';
        }

        return new Uri(url.ToString());
    }

    private void Invite(Uri url)
    {
        var opened = prompt.OpenBrowser?.Invoke(url) ?? false;
        prompt.Show(opened ? "Sign in with the browser that was opened. If none did, open:" : "To sign in, open this address in a browser on this machine:");
        prompt.Show(url.AbsoluteUri);
    }

    private async Task<IReadOnlyDictionary<string, string>> WaitAsync(LoopbackListener listener, string state, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            return await listener.WaitAsync(query => Objection(query, state), limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SigningException($"nobody signed in at {client.Issuer} within {Patience.TotalMinutes:0} minutes");
        }
    }

    // Any page can call a loopback port: a call that does not know the state is not the issuer's, and the wait goes on.
    private string? Objection(IReadOnlyDictionary<string, string> query, string state) =>
        !TokenEndpoint.SameText(query.GetValueOrDefault("state", ""), state) ? "This is not the answer to the sign-in that was started (the state differs)."
        : query.TryGetValue("iss", out var issuer) && issuer != client.Issuer ? "This answer is by another issuer than the one that was asked."
        : null;

    private string ReadCode(IReadOnlyDictionary<string, string> query)
    {
        if (query.TryGetValue("error", out var error))
        {
            var text = string.Concat($"{error} {query.GetValueOrDefault("error_description")}".Trim().Take(300).Select(c => char.IsControl(c) ? ' ' : c));
            throw new SigningException($"{client.Issuer} refused to sign in: {text}");
        }

        return query.TryGetValue("code", out var code) && code.Length > 0 ? code : throw new SigningException($"{client.Issuer} answered without a code");
    }
}
