using Aixv.Sigstore.Transport;

namespace Aixv.Sigstore.Oidc;

/// <summary>Sources in the order in which they are asked.</summary>
public static class IdentityTokenSources
{
    /// <summary>What the machine offers without a person: GitHub Actions, GitLab CI, Buildkite, Google Cloud.</summary>
    public static IReadOnlyList<IdentityTokenSource> Ambient(
        ServiceTransport transport, EnvironmentVariables environment, string audience = IdentityToken.SigstoreAudience) =>
    [
        new GitHubActionsTokenSource(transport, environment, audience),
        new GitLabTokenSource(environment, audience),
        new BuildkiteTokenSource(environment, audience),
        new GoogleCloudTokenSource(transport, environment, audience),
    ];

    /// <summary>The first token that a source has, or null.</summary>
    public static async Task<IdentityToken?> FindAsync(IEnumerable<IdentityTokenSource> sources, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sources);
        foreach (var source in sources)
        {
            if (await source.FindAsync(cancellationToken).ConfigureAwait(false) is { } token)
            {
                return token;
            }
        }

        return null;
    }
}
