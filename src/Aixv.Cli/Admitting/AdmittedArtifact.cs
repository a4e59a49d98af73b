using System.Text.Json.Nodes;
using Aixv.Protocol.Admission;

namespace Aixv.Cli.Admitting;

/// <summary>One of many artifacts that were judged.</summary>
/// <param name="Path">As the user would write it.</param>
internal sealed record AdmittedArtifact(string Path)
{
    /// <summary>Null where the artifact could not be read.</summary>
    public Evidence? Evidence { get; init; }

    public AdmissionDecision? Decision { get; init; }

    /// <summary>Why it could not be read.</summary>
    public string? Failure { get; init; }

    /// <summary>Null where no bundle lies beside it, so that the store's attestations were asked.</summary>
    public string? BundlePath { get; init; }

    public string? SavedTo { get; init; }

    /// <summary>The bundles of statements that were made of the decision.</summary>
    public IReadOnlyList<string> Statements { get; init; } = [];

    public bool IsAdmitted => Decision is { IsAdmitted: true };

    public JsonObject ToJson(bool explain)
    {
        var json = new JsonObject { ["artifact"] = Path, ["admission_decision"] = "deny", ["policy_violations"] = new JsonArray() };
        if (Decision is not null)
        {
            json["artifact_digest"] = Evidence!.Artifact.ToString();
            json["bundle_path"] = BundlePath;
            DecisionWords.Write(json, Decision, explain);
        }

        if (Failure is not null)
        {
            json["error"] = Failure;
        }

        if (SavedTo is not null)
        {
            json["saved_decision"] = SavedTo;
        }

        if (Statements.Count > 0)
        {
            json["statements"] = new JsonArray([.. Statements.Select(path => (JsonNode)path)]);
        }

        return json;
    }
}
