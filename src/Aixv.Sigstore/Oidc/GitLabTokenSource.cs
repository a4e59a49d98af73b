namespace Aixv.Sigstore.Oidc;

/// <summary>GitLab CI: the job's <c>id_tokens</c> are variables; Sigstore's is named after its audience, SIGSTORE_ID_TOKEN.</summary>
internal sealed class GitLabTokenSource(EnvironmentVariables environment, string audience) : IdentityTokenSource
{
    public override string Name => "GitLab CI";

    private string Variable => string.Concat(audience.ToUpperInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_')) + "_ID_TOKEN";

    public override Task<IdentityToken?> FindAsync(CancellationToken cancellationToken = default)
    {
        var token = string.IsNullOrEmpty(environment("GITLAB_CI")) ? null : environment(Variable);
        return Task.FromResult(string.IsNullOrWhiteSpace(token) ? null : IdentityToken.Parse(token));
    }
}
