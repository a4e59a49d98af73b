using Aixv.Sigstore.Transport;

namespace Aixv.Sigstore.Oidc;

/// <summary>GitHub Actions with <c>permissions: id-token: write</c>: the runner's own endpoint hands out tokens.</summary>
internal sealed class GitHubActionsTokenSource(ServiceTransport transport, EnvironmentVariables environment, string audience) : IdentityTokenSource
{
    public override string Name => "GitHub Actions";

    public override async Task<IdentityToken?> FindAsync(CancellationToken cancellationToken = default)
    {
        var url = environment("ACTIONS_ID_TOKEN_REQUEST_URL");
        var secret = environment("ACTIONS_ID_TOKEN_REQUEST_TOKEN");
        if (string.IsNullOrEmpty(url) || string.IsNullOrEmpty(secret))
        {
            return null;
        }

        var separator = url.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        if (!Uri.TryCreate($"{url}{separator}audience={Uri.EscapeDataString(audience)}", UriKind.Absolute, out var address))
        {
            throw new FormatException("ACTIONS_ID_TOKEN_REQUEST_URL: not an absolute URL");
        }

        var request = new ServiceRequest("GitHub's token endpoint", HttpMethod.Get, address) { BearerToken = secret };
        var response = (await transport.SendAsync(request, cancellationToken).ConfigureAwait(false)).Accepted();
        return response.Read(() => IdentityToken.Parse(response.Json().RequiredText("value")));
    }
}
