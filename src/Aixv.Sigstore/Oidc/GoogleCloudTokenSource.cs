using System.Text;
using System.Text.Json.Nodes;
using Aixv.Sigstore.Json;
using Aixv.Sigstore.Transport;

namespace Aixv.Sigstore.Oidc;

/// <summary>Google Cloud: the metadata server's identity of the machine, or of GOOGLE_SERVICE_ACCOUNT_NAME when that is set.</summary>
internal sealed class GoogleCloudTokenSource(ServiceTransport transport, EnvironmentVariables environment, string audience) : IdentityTokenSource
{
    private const string ProductNameFile = "/sys/class/dmi/id/product_name";
    private static readonly (string, string)[] Flavor = [("Metadata-Flavor", "Google")];

    /// <summary>The service that makes ID tokens of other accounts.</summary>
    internal Uri Credentials { get; init; } = new("https://iamcredentials.googleapis.com/");

    /// <summary>What the firmware calls this machine.</summary>
    internal Func<string> ProductName { get; init; } = () => File.Exists(ProductNameFile) ? File.ReadAllText(ProductNameFile) : "";

    public override string Name => "Google Cloud";

    public override async Task<IdentityToken?> FindAsync(CancellationToken cancellationToken = default)
    {
        if (environment("GOOGLE_SERVICE_ACCOUNT_NAME") is { Length: > 0 } account)
        {
            return await ImpersonateAsync(account, cancellationToken).ConfigureAwait(false);
        }

        if (!IsGoogle())
        {
            return null;
        }

        var response = await MetadataAsync($"identity?audience={Uri.EscapeDataString(audience)}&format=full", cancellationToken).ConfigureAwait(false);
        return response.Read(() => IdentityToken.Parse(Encoding.UTF8.GetString(response.Body.Span)));
    }

    private bool IsGoogle()
    {
        try
        {
            return ProductName().Trim() is "Google" or "Google Compute Engine";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private async Task<IdentityToken> ImpersonateAsync(string account, CancellationToken cancellationToken)
    {
        var metadata = await MetadataAsync("token?scopes=https://www.googleapis.com/auth/cloud-platform", cancellationToken).ConfigureAwait(false);
        var access = metadata.Read(() => metadata.Json().RequiredText("access_token"));
        var body = new JsonObject { ["audience"] = audience, ["includeEmail"] = true };
        var url = new Uri(Credentials, $"v1/projects/-/serviceAccounts/{Uri.EscapeDataString(account)}:generateIdToken");
        var request = new ServiceRequest("Google's credentials service", HttpMethod.Post, url)
        {
            BearerToken = access,
            ContentType = "application/json",
            Body = CanonicalJson.Serialize(body),
        };
        var response = (await transport.SendAsync(request, cancellationToken).ConfigureAwait(false)).Accepted();
        return response.Read(() => IdentityToken.Parse(response.Json().RequiredText("token")));
    }

    private async Task<ServiceResponse> MetadataAsync(string path, CancellationToken cancellationToken)
    {
        var host = environment("GCE_METADATA_HOST") is { Length: > 0 } given ? given : "metadata.google.internal";
        var url = new Uri($"http://{host}/computeMetadata/v1/instance/service-accounts/default/{path}");
        var request = new ServiceRequest("Google's metadata server", HttpMethod.Get, url) { Headers = Flavor, Accept = "*/*", Timeout = TimeSpan.FromSeconds(10) };
        return (await transport.SendAsync(request, cancellationToken).ConfigureAwait(false)).Accepted();
    }
}
