using System.Text.Json.Nodes;
using Aixv.Cli.Output;
using Aixv.Cli.Publishing.Bundles;

namespace Aixv.Cli.Publishing.Sending;

/// <summary>What <c>aixv publish</c> answers: what was done at each place, also when another failed.</summary>
internal sealed record PublishOutcome(IReadOnlyList<AttachedBundles> Artifacts, IReadOnlyList<SendingStep> Steps, bool DryRun) : IOutcome
{
    public int ExitCode => Steps.Any(s => s.State == SendingState.Refused) ? Cli.ExitCode.Rejected
        : Steps.Any(s => s.State == SendingState.Failed) ? Cli.ExitCode.WorldFailed
        : Cli.ExitCode.Ok;

    private string Error => string.Join("; ", Steps.Where(s => !s.IsGood).Select(s => $"{s.Target}: {s.Detail}"));

    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["ok"] = ExitCode == Cli.ExitCode.Ok,
            ["dry_run"] = DryRun,
            ["artifacts"] = new JsonArray([.. Artifacts.Select(a => new JsonObject
            {
                ["artifact"] = a.Artifact,
                ["digest"] = a.Digests.Sha256.ToString(),
                ["bundles"] = new JsonArray([.. a.Bundles.Select(b => new JsonObject { ["bundle_path"] = b.Path, ["signer"] = b.Signer, ["predicate_type"] = b.Verified.PredicateType })]),
            })]),
            ["steps"] = new JsonArray([.. Steps.Select(s => s.ToJson())]),
        };
        if (ExitCode != Cli.ExitCode.Ok)
        {
            json["command"] = "publish";
            json["error"] = Error;
        }

        return json;
    }

    public void Describe(Report report)
    {
        report.Title(ExitCode == Cli.ExitCode.Ok, (DryRun, ExitCode) switch
        {
            (true, _) => "would be published; nothing was sent",
            (_, Cli.ExitCode.Ok) => "published",
            _ => Steps.Any(s => s.IsGood) ? "published in part; run it again for the rest" : "not published",
        });
        foreach (var artifact in Artifacts)
        {
            report.Row("artifact", artifact.Artifact);
            report.Row("digest", artifact.Digests.Sha256.ToString());
            foreach (var bundle in artifact.Bundles)
            {
                report.Row("bundle", $"{bundle.Path}, signed by {bundle.Signer}");
            }
        }

        foreach (var step in Steps)
        {
            step.Describe(report);
        }

        if (Error.Length > 0)
        {
            report.Error(Error);
        }
    }
}
