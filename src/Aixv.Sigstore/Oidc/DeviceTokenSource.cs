using Aixv.Sigstore.Signing;
using Aixv.Sigstore.Transport;

namespace Aixv.Sigstore.Oidc;

/// <summary>The person signs in on any device, by a code: the device authorization grant (RFC 8628), for machines without a browser.</summary>
public sealed class DeviceTokenSource(ServiceTransport transport, OidcClient client, InteractivePrompt prompt, TimeProvider time) : IdentityTokenSource
{
    private const string GrantType = "urn:ietf:params:oauth:grant-type:device_code";
    private const int DefaultInterval = 5;
    private const int LongestWait = 1800;

    private sealed record Authorization(string DeviceCode, string UserCode, string VerificationUri, TimeSpan Interval, DateTimeOffset Expires);

    public override string Name => $"signing in at {client.Issuer} by code";

    public override async Task<IdentityToken?> FindAsync(CancellationToken cancellationToken = default)
    {
        var discovery = await OidcDiscovery.FetchAsync(transport, client.Issuer, cancellationToken).ConfigureAwait(false);
        var address = discovery.DeviceAuthorizationEndpoint
            ?? throw new SigningException($"identity provider: {client.Issuer} has no device flow; sign in by a browser on this machine instead");
        var (nonce, proof) = (ProofKey.RandomText(), new ProofKey());
        var endpoint = new TokenEndpoint(transport);
        var start = client.Form(
            ("scope", OidcClient.Scope), ("nonce", nonce), ("code_challenge", proof.Challenge), ("code_challenge_method", "S256"));
        var response = (await endpoint.PostAsync(address, start, cancellationToken).ConfigureAwait(false)).Accepted();
        var authorization = response.Read(() => ReadAuthorization(response));
        prompt.Show($"To sign in, open {authorization.VerificationUri} on any device and enter the code {authorization.UserCode}");
        var poll = client.Form(("grant_type", GrantType), ("device_code", authorization.DeviceCode), ("code_verifier", proof.Verifier));
        var granted = await PollAsync(endpoint, discovery.TokenEndpoint, poll, authorization, cancellationToken).ConfigureAwait(false);
        return TokenEndpoint.ReadToken(granted, client, nonce, nonceRequired: false);
    }

    private Authorization ReadAuthorization(ServiceResponse response)
    {
        var json = response.Json();
        var interval = json.Has("interval") ? json.Number("interval") : DefaultInterval;
        var lifetime = json.Number("expires_in");
        if (interval is < 0 or > 300 || lifetime <= 0)
        {
            throw new FormatException($"interval {interval} s or expires_in {lifetime} s is out of range");
        }

        return new Authorization(
            json.RequiredText("device_code"),
            Plain(json.RequiredText("user_code")),
            Plain(json.Text("verification_uri") ?? json.RequiredText("verification_url")),
            TimeSpan.FromSeconds(Math.Max(1, interval)),
            time.GetUtcNow() + TimeSpan.FromSeconds(Math.Min(lifetime, LongestWait)));
    }

    // Shown on a terminal: no escape sequences from outside.
    private static string Plain(string text) => text.Length <= 2000 && !text.Any(char.IsControl)
        ? text
        : throw new FormatException("a text to show is too long or holds control characters");

    private async Task<ServiceResponse> PollAsync(
        TokenEndpoint endpoint, Uri address, Dictionary<string, string> form, Authorization authorization, CancellationToken cancellationToken)
    {
        var interval = authorization.Interval;
        while (time.GetUtcNow() + interval < authorization.Expires)
        {
            await Task.Delay(interval, time, cancellationToken).ConfigureAwait(false);
            var response = await endpoint.PostAsync(address, form, cancellationToken).ConfigureAwait(false);
            if (response.IsOk)
            {
                return response;
            }

            switch (TokenEndpoint.ErrorCode(response))
            {
                case "authorization_pending":
                    break;
                case "slow_down":
                    interval += TimeSpan.FromSeconds(5);
                    break;
                case "expired_token":
                    throw Expired();
                case "access_denied":
                    throw new SigningException($"{client.Issuer}: signing in was denied");
                default:
                    throw response.Refusal();
            }
        }

        throw Expired();
    }

    private SigningException Expired() => new($"nobody signed in at {client.Issuer} before the code expired");
}
