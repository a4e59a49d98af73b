using Aixv.Authority.Issuance;

namespace Aixv.Authority.Federation;

/// <summary>GitLab CI: the name is the pipeline's configuration file, with its ref.</summary>
/// <param name="server">The server's URL without a trailing slash, <c>https://gitlab.com</c> or one's own.</param>
internal sealed class GitLabPipelineRule(string server) : IdentityRule
{
    public override string Name => "gitlab-pipeline";

    public override Principal Identify(TokenClaims claims)
    {
        var configuration = $"https://{claims.Required("ci_config_ref_uri")}";
        var project = $"{server}/{claims.Required("project_path")}";
        return new Principal(new UriSubjectName(configuration), claims.Issuer, claims.Subject, Challenges(claims), Build(
            (9, configuration),
            (10, claims.Find("ci_config_sha")),
            (11, claims.Find("runner_environment")),
            (12, project),
            (13, claims.Find("sha")),
            (14, claims.Find("ref_path") ?? Reference(claims)),
            (15, claims.Find("project_id")),
            (16, claims.Find("namespace_path") is { } space ? $"{server}/{space}" : null),
            (17, claims.Find("namespace_id")),
            (18, configuration),
            (19, claims.Find("ci_config_sha")),
            (20, claims.Find("pipeline_source")),
            (21, claims.Find("job_id") is { } job ? $"{project}/-/jobs/{job}" : null),
            (22, claims.Find("project_visibility")),
            (23, claims.Find("environment"))));
    }

    private static string? Reference(TokenClaims claims) => (claims.Find("ref"), claims.Find("ref_type")) switch
    {
        ({ } name, "branch") => $"refs/heads/{name}",
        ({ } name, "tag") => $"refs/tags/{name}",
        _ => null,
    };
}
