namespace Aixv.Sigstore.Certificates;

/// <summary>What the CA says of the signer's token: Fulcio's extensions 1.3.6.1.4.1.57264.1.1 to .1.24. Absent ones are null.</summary>
/// <remarks>Numbers 1 to 6 are raw UTF-8; 8 to 24 are DER UTF8Strings; 7 is the type of a subject name, not an extension.</remarks>
public sealed record CertificateClaims
{
    internal const string Arc = "1.3.6.1.4.1.57264.1.";
    private readonly IReadOnlyDictionary<int, string> values;

    internal CertificateClaims(IReadOnlyDictionary<int, string> values) => this.values = values;

    /// <summary>All claims by the last arc of their OID, in ascending order.</summary>
    public IReadOnlyList<KeyValuePair<int, string>> All => [.. values.OrderBy(v => v.Key)];

    /// <summary>The OIDC issuer: extension .8, else .1.</summary>
    public string? Issuer => Find(8) ?? Find(1);

    /// <summary>The event that triggered a GitHub workflow (.2).</summary>
    public string? GitHubWorkflowTrigger => Find(2);

    public string? GitHubWorkflowSha => Find(3);

    public string? GitHubWorkflowName => Find(4);

    public string? GitHubWorkflowRepository => Find(5);

    public string? GitHubWorkflowRef => Find(6);

    public string? BuildSignerUri => Find(9);

    public string? BuildSignerDigest => Find(10);

    /// <summary>Such as <c>github-hosted</c> or <c>self-hosted</c> (.11).</summary>
    public string? RunnerEnvironment => Find(11);

    public string? SourceRepositoryUri => Find(12);

    public string? SourceRepositoryDigest => Find(13);

    public string? SourceRepositoryRef => Find(14);

    public string? SourceRepositoryIdentifier => Find(15);

    public string? SourceRepositoryOwnerUri => Find(16);

    public string? SourceRepositoryOwnerIdentifier => Find(17);

    public string? BuildConfigUri => Find(18);

    public string? BuildConfigDigest => Find(19);

    public string? BuildTrigger => Find(20);

    public string? RunInvocationUri => Find(21);

    public string? SourceRepositoryVisibilityAtSigning => Find(22);

    public string? DeploymentEnvironment => Find(23);

    /// <summary>The token's <c>sub</c>, as it was (.24).</summary>
    public string? TokenSubject => Find(24);

    /// <summary>The claim .1.<paramref name="number"/>, or null.</summary>
    public string? Find(int number) => values.GetValueOrDefault(number);

    /// <summary>The name of claim <paramref name="number"/> in JSON, or null for a number that has none.</summary>
    public static string? NameOf(int number) => number switch
    {
        1 => "issuer",
        2 => "github_workflow_trigger",
        3 => "github_workflow_sha",
        4 => "github_workflow_name",
        5 => "github_workflow_repository",
        6 => "github_workflow_ref",
        8 => "issuer_v2",
        9 => "build_signer_uri",
        10 => "build_signer_digest",
        11 => "runner_environment",
        12 => "source_repository_uri",
        13 => "source_repository_digest",
        14 => "source_repository_ref",
        15 => "source_repository_identifier",
        16 => "source_repository_owner_uri",
        17 => "source_repository_owner_identifier",
        18 => "build_config_uri",
        19 => "build_config_digest",
        20 => "build_trigger",
        21 => "run_invocation_uri",
        22 => "source_repository_visibility_at_signing",
        23 => "deployment_environment",
        24 => "token_subject",
        _ => null,
    };
}
