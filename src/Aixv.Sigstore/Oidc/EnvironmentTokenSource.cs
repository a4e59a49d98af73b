namespace Aixv.Sigstore.Oidc;

/// <summary>A token in an environment variable. GitLab CI works this way: <c>id_tokens</c> puts it into SIGSTORE_ID_TOKEN.</summary>
public sealed class EnvironmentTokenSource(EnvironmentVariables environment, string name = EnvironmentTokenSource.DefaultName) : IdentityTokenSource
{
    public const string DefaultName = "SIGSTORE_ID_TOKEN";

    public override string Name => $"the environment variable {name}";

    public override Task<IdentityToken?> FindAsync(CancellationToken cancellationToken = default)
    {
        var token = environment(name);
        return Task.FromResult(string.IsNullOrWhiteSpace(token) ? null : IdentityToken.Parse(token));
    }
}
