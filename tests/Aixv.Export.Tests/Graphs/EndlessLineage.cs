using System.Globalization;
using System.Text;
using Aixv.Export.Dossiers;
using Aixv.Protocol.Lineage;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Export.Tests.Graphs;

/// <summary>A lineage that is computed as it is read: an artifact, and as many datasets as asked for, each with a model in between.</summary>
internal sealed class EndlessLineage(Digest artifact, int edges) : ILineage
{
    private static readonly LineageSource Source = new("attestations/x.json", SourceStatus.Verified, "https://aixv.org/attestation/training/v1");

    public int NodeCount => edges + 1;

    public IEnumerable<LineageNodeFacts> Nodes => Enumerable.Range(-1, edges + 1).Select(i => i < 0
        ? new LineageNodeFacts(artifact, null, "the artifact", LineageNodeKind.Model, EvidenceTier.Attested, true, [])
        : Node(i));

    public IEnumerable<LineageEdgeFacts> Edges => Enumerable.Range(0, edges).Select(i =>
    {
        // Models at even places are parents of the artifact; a dataset at an odd place is what the model before it was trained on.
        var (child, parent) = (i % 2 == 0 ? artifact : DigestOf(i - 1), DigestOf(i));
        return new LineageEdgeFacts(child.ToString(), parent.ToString(), i % 2 == 0 ? EdgeKind.DerivedFrom : EdgeKind.TrainedOn, EdgeRelation.Unspecified, EvidenceTier.Attested, Source, null)
        {
            ChildDigest = child,
            ParentDigest = parent,
        };
    });

    private static LineageNodeFacts Node(int i) => new(
        DigestOf(i),
        null,
        string.Create(CultureInfo.InvariantCulture, $"node {i}"),
        i % 2 == 0 ? LineageNodeKind.Model : LineageNodeKind.Dataset,
        EvidenceTier.Identified,
        false,
        i == 40 ? ["ADV-1"] : []);

    private static Digest DigestOf(int i) => Digest.Of(Encoding.UTF8.GetBytes(i.ToString(CultureInfo.InvariantCulture)));
}
