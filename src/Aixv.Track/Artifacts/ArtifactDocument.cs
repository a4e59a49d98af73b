using System.Text.Json.Nodes;
using Aixv.Track.Attesting;
using Aixv.Track.Exports;
using Aixv.Track.Graphs;
using Aixv.Track.Hosting;
using Aixv.Track.Indexing;

namespace Aixv.Track.Artifacts;

/// <summary>All that is known of an artifact, for the API and for its page.</summary>
/// <param name="url">The base URL that clients use.</param>
internal sealed class ArtifactDocument(string url)
{
    private const int MaximumParents = 200;

    public async ValueTask<JsonObject> BuildAsync(ApiCall call, ArtifactFinding artifact)
    {
        var self = $"/v1/artifacts/{artifact.Digest}";
        var attestations = await AttestationDocuments.ReadAsync(artifact, call.Registry.Log.Origin, call.Cancelled);
        return new JsonObject
        {
            ["digest"] = artifact.Digest.ToString(),
            ["hash"] = artifact.Digest.Hex,
            ["name"] = artifact.Name,
            ["tier"] = artifact.Tier,
            ["lifts"] = new JsonArray([.. Lifts(artifact).Select(sentence => (JsonNode)sentence)]),
            ["models"] = Records(artifact, RecordType.Model),
            ["datasets"] = Records(artifact, RecordType.Dataset),
            ["deployments"] = Records(artifact, RecordType.Deployment),
            ["training_runs"] = Records(artifact, RecordType.TrainingRun),
            ["attestations"] = attestations,
            ["parents"] = artifact.Node < 0 ? new JsonArray() : new JsonArray([.. artifact.Graph.EdgesOf(artifact.Node, up: true).Take(MaximumParents).Select(edge => GraphJson.Edge(artifact.Graph, edge))]),
            ["parent_count"] = artifact.Node < 0 ? 0 : artifact.Graph.CountOf(artifact.Node, up: true),
            ["child_count"] = artifact.Node < 0 ? 0 : artifact.Graph.CountOf(artifact.Node, up: false),
            ["advisories"] = await ArtifactAdvisories.OfAsync(call, artifact),
            ["exports"] = ArtifactExports.Links(artifact.Digest),
            ["verify_command"] = VerifyCommand.Of(artifact, url),
            ["page"] = Addresses.Of(NodeKey.Of(artifact.Digest)),
            ["hub"] = HubAddress.Of(artifact),
            ["links"] = new JsonObject
            {
                ["self"] = self,
                ["lineage"] = $"{self}/lineage",
                ["impact"] = $"{self}/impact",
                ["advisories"] = $"{self}/advisories",
                ["exports"] = $"{self}/exports",
            },
        };
    }

    private static JsonArray Records(ArtifactFinding artifact, RecordType type) =>
        new([.. artifact.Records.Where(r => r.Type == type).Select(r => AttestedRecord.Read(r).ToJson(r, null))]);

    /// <summary>What would make more of it known.</summary>
    private static IEnumerable<string> Lifts(ArtifactFinding artifact)
    {
        if (artifact.Tier == "described")
        {
            yield return "Only somebody else's graph speaks of this digest: registering it here makes it identified.";
        }

        if (artifact.Tier != "attested")
        {
            yield return artifact.Attestations.Count > 0
                ? "Its attestations were withdrawn by who published them; a new signed statement about this digest makes it attested."
                : "A signed statement about this digest, published here, makes it attested: aixv attest FILE, then aixv publish.";
        }
    }
}
