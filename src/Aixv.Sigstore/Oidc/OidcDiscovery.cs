using Aixv.Sigstore.Json;
using Aixv.Sigstore.Signing;
using Aixv.Sigstore.Transport;

namespace Aixv.Sigstore.Oidc;

/// <summary>What an issuer says of itself (OpenID Connect Discovery §3), as far as signing needs it.</summary>
internal sealed record OidcDiscovery(string Issuer, Uri AuthorizationEndpoint, Uri TokenEndpoint, Uri? DeviceAuthorizationEndpoint)
{
    /// <summary>Fetches and checks the document.</summary>
    /// <exception cref="SigningException">It is not about <paramref name="issuer"/>, or the issuer cannot do PKCE with S256.</exception>
    internal static async Task<OidcDiscovery> FetchAsync(ServiceTransport transport, string issuer, CancellationToken cancellationToken)
    {
        var url = new Uri($"{issuer.TrimEnd('/')}/.well-known/openid-configuration");
        var request = new ServiceRequest("The identity provider", HttpMethod.Get, url);
        var response = (await transport.SendAsync(request, cancellationToken).ConfigureAwait(false)).Accepted();
        var json = response.Json();
        return response.Read(() => Read(json, issuer));
    }

    private static OidcDiscovery Read(ProtoObject json, string issuer)
    {
        var named = json.RequiredText("issuer");
        if (named != issuer)
        {
            throw new SigningException($"identity provider: the document of '{issuer}' names the issuer '{named}'; they must be equal to the letter");
        }

        var methods = json.Texts("code_challenge_methods_supported", 16);
        if (methods.Count > 0 && !methods.Contains("S256"))
        {
            throw new SigningException($"identity provider: {issuer} supports no PKCE with S256 (only {string.Join(", ", methods)})");
        }

        return new OidcDiscovery(
            issuer,
            Endpoint(json, "authorization_endpoint", issuer) ?? throw new FormatException("$.authorization_endpoint: required and missing"),
            Endpoint(json, "token_endpoint", issuer) ?? throw new FormatException("$.token_endpoint: required and missing"),
            Endpoint(json, "device_authorization_endpoint", issuer));
    }

    private static Uri? Endpoint(ProtoObject json, string name, string issuer)
    {
        if (json.Text(name) is not { } text)
        {
            return null;
        }

        var secure = issuer.StartsWith("https:", StringComparison.OrdinalIgnoreCase);
        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && !secure))
            ? uri
            : throw new FormatException($"$.{name}: expected an {(secure ? "https" : "http or https")} URL, found '{text}'");
    }
}
