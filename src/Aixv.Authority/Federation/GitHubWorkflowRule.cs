using Aixv.Authority.Issuance;

namespace Aixv.Authority.Federation;

/// <summary>GitHub Actions: the name is the workflow file that runs, with its ref.</summary>
/// <param name="server">The server's URL without a trailing slash, <c>https://github.com</c> or one's own.</param>
internal sealed class GitHubWorkflowRule(string server) : IdentityRule
{
    public override string Name => "github-workflow";

    public override Principal Identify(TokenClaims claims)
    {
        var workflow = $"{server}/{claims.Required("job_workflow_ref")}";
        var repository = claims.Required("repository");
        var runUri = $"{server}/{repository}/actions/runs/{claims.Required("run_id")}/attempts/{claims.Required("run_attempt")}";
        return new Principal(new UriSubjectName(workflow), claims.Issuer, claims.Subject, Challenges(claims), Build(
            (2, claims.Required("event_name")),
            (3, claims.Required("sha")),
            (4, claims.Required("workflow")),
            (5, repository),
            (6, claims.Required("ref")),
            (9, workflow),
            (10, claims.Find("job_workflow_sha")),
            (11, claims.Find("runner_environment")),
            (12, $"{server}/{repository}"),
            (13, claims.Required("sha")),
            (14, claims.Required("ref")),
            (15, claims.Find("repository_id")),
            (16, claims.Find("repository_owner") is { } owner ? $"{server}/{owner}" : null),
            (17, claims.Find("repository_owner_id")),
            (18, claims.Find("workflow_ref") is { } reference ? $"{server}/{reference}" : null),
            (19, claims.Find("workflow_sha")),
            (20, claims.Required("event_name")),
            (21, runUri),
            (22, claims.Find("repository_visibility")),
            (23, claims.Find("environment"))));
    }
}
