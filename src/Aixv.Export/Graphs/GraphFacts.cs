using System.Globalization;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Protocol.Lineage;

namespace Aixv.Export.Graphs;

/// <summary>The facts of graphs, nodes and edges as pairs of text: the same in every graph format. What is not known is left out.</summary>
internal static class GraphFacts
{
    /// <summary>The names of <see cref="OfGraph"/>'s facts.</summary>
    public static IReadOnlyList<string> GraphNames { get; } =
        ["artifact", "name", "generated_at", "generator", "decision", "policy_sha256", "bundle", "bundle_sha256", "log", "log_index", "note"];

    public static IReadOnlyList<string> NodeNames { get; } = ["label", "kind", "tier", "digest", "uri", "artifact", "status", "advisories"];

    public static IReadOnlyList<string> EdgeNames { get; } =
        ["relation", "manner", "tier", "attested", "split", "record", "signer", "issuer", "log", "log_index", "integrated_time"];

    private const string Note =
        "This graph is not signed. An edge whose attested is true rests on a verified signature, its record says which; others are claims. Edges lead from what was made to what it was made from.";

    public static IEnumerable<(string Name, string Value)> OfGraph(Dossier dossier)
    {
        yield return ("artifact", dossier.Artifact.Digest.ToString());
        yield return ("name", dossier.Artifact.Name);
        yield return ("generated_at", dossier.Time.ToRfc3339());
        yield return ("generator", $"aixv {dossier.ToolVersion}");
        if (dossier.Decision is { } decision)
        {
            yield return ("decision", decision.Decision.Decision.ToWord());
            yield return ("policy_sha256", decision.Decision.PolicyDigest.Hex);
        }

        if (EvidencePointer.Of(dossier) is { } evidence)
        {
            if (evidence.Location is { } location)
            {
                yield return ("bundle", location);
            }

            yield return ("bundle_sha256", evidence.Digest.Hex);
            if (evidence is { Log: { } log, LogIndex: { } index })
            {
                yield return ("log", log);
                yield return ("log_index", index.ToString(CultureInfo.InvariantCulture));
            }
        }

        yield return ("note", Note);
    }

    public static IEnumerable<(string Name, string Value)> OfNode(LineageNodeFacts node, Dossier dossier)
    {
        yield return ("label", node.Label);
        yield return ("kind", node.Kind switch
        {
            LineageNodeKind.Model => "model",
            LineageNodeKind.Dataset => "dataset",
            LineageNodeKind.Deployment => "deployment",
        });
        yield return ("tier", node.Tier.ToName());
        if (node.Digest is { } digest)
        {
            yield return ("digest", digest.ToString());
        }

        if (node.Uri is { } uri)
        {
            yield return ("uri", uri);
        }

        yield return ("artifact", node.IsArtifact ? "true" : "false");
        if (!node.RecalledBy.IsEmpty)
        {
            yield return ("status", "recalled");
            yield return ("advisories", string.Join(' ', node.RecalledBy));
        }
        else if (dossier.AdvisoriesWereChecked)
        {
            yield return ("status", "no-recall-known");
        }
    }

    public static IEnumerable<(string Name, string Value)> OfEdge(LineageEdgeFacts edge)
    {
        yield return ("relation", edge.RelationName);
        if (edge.Relation != EdgeRelation.Unspecified)
        {
            yield return ("manner", edge.Relation.ToName());
        }

        yield return ("tier", edge.Tier.ToName());
        yield return ("attested", edge.IsAttested ? "true" : "false");
        if (edge.Split is { } split)
        {
            yield return ("split", split);
        }

        yield return ("record", edge.Source.Path);
        if (edge.Source.Signer is { } signer)
        {
            yield return ("signer", signer.Subject);
            if (signer.Issuer is { } issuer)
            {
                yield return ("issuer", issuer);
            }
        }

        if (edge.LogEntry is { } entry)
        {
            yield return ("log", entry.Origin);
            yield return ("log_index", entry.Index.ToString(CultureInfo.InvariantCulture));
            if (entry.IntegratedTime is { } time)
            {
                yield return ("integrated_time", time.ToRfc3339());
            }
        }
    }
}
