using System.Security.Cryptography;
using System.Text;
using Aixv.Sigstore.Json;
using Aixv.Sigstore.Signing;
using Aixv.Sigstore.Transport;

namespace Aixv.Sigstore.Oidc;

/// <summary>Posts forms to an issuer and reads the ID tokens it answers with.</summary>
internal sealed class TokenEndpoint(ServiceTransport transport)
{
    internal async Task<ServiceResponse> PostAsync(Uri url, Dictionary<string, string> form, CancellationToken cancellationToken)
    {
        using var content = new FormUrlEncodedContent(form);
        var request = new ServiceRequest("The identity provider", HttpMethod.Post, url)
        {
            ContentType = "application/x-www-form-urlencoded",
            Body = await content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false),
        };
        return await transport.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The error code of RFC 6749 §5.2, or null when there is none.</summary>
    internal static string? ErrorCode(ServiceResponse response)
    {
        try
        {
            return ProtoObject.Parse(response.Body, response.Request.MaximumBytes).Text("error");
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>The answer's ID token, checked against the request.</summary>
    /// <param name="response">A 200.</param>
    /// <param name="client">Who asked whom.</param>
    /// <param name="nonce">The request's nonce.</param>
    /// <param name="nonceRequired">Whether the token must repeat the nonce; a device flow's token may lack it.</param>
    /// <exception cref="SigningException">The token is another issuer's or another request's.</exception>
    internal static IdentityToken ReadToken(ServiceResponse response, OidcClient client, string nonce, bool nonceRequired)
    {
        var issuer = client.Issuer;
        var token = response.Read(() => IdentityToken.Parse(response.Json().RequiredText("id_token")));
        if (token.Issuer != issuer)
        {
            throw new SigningException($"identity provider: asked {issuer} and got a token of the issuer {token.Issuer}");
        }

        if (!token.Audiences.Contains(client.ClientId))
        {
            throw new SigningException($"identity provider: the token of {issuer} is for '{string.Join("', '", token.Audiences)}', not for '{client.ClientId}'");
        }

        var repeated = token.Nonce is null ? !nonceRequired : SameText(token.Nonce, nonce);
        return repeated ? token : throw new SigningException($"identity provider: the token of {issuer} does not repeat the nonce of this request");
    }

    internal static bool SameText(string a, string b) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(a), Encoding.UTF8.GetBytes(b));
}
