using System.Text;
using Aixv.Export.Formats;
using Aixv.Export.Importing;
using Aixv.Protocol.Lineage;

namespace Aixv.Cli.Importing.Graphs;

/// <summary>Bills of materials, in-toto statements, SLSA provenance and model signatures: what a store of evidence takes, as nodes.</summary>
/// <param name="format">As <c>--format</c> names the family: what is of another one is refused.</param>
/// <param name="isForced">Whether the caller named the format.</param>
internal sealed class EvidenceGraphReader(string format, bool isForced) : GraphReader(format, format)
{
    public static IReadOnlyList<string> Families { get; } = ["cyclonedx", "spdx", "in-toto"];

    /// <summary>The family of a document; null where none reads it.</summary>
    public static string? FamilyOf(ReadOnlyMemory<byte> bytes, string? fileName) => EvidenceReaders.Find(new DocumentProbe(bytes, fileName)) is { } reader ? FamilyOf(reader.Format) : null;

    private static string FamilyOf(string format) =>
        format.StartsWith("cyclonedx", StringComparison.Ordinal) ? "cyclonedx"
        : format.StartsWith("spdx", StringComparison.Ordinal) ? "spdx"
        : "in-toto";

    /// <summary>The bundles of signed statements: for the registry's route for attestations, before they count as described.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> BundlesOf(ReadOnlyMemory<byte> bytes)
    {
        var document = new DocumentProbe(bytes, null);
        return EvidenceReaders.Find(document) is { Format: "sigstore-bundle" } ? [document.Bytes] : [];
    }

    public override IEnumerable<GraphNode> Read(ReadOnlyMemory<byte> bytes)
    {
        var document = new DocumentProbe(bytes, null);
        var reader = EvidenceReaders.Find(document)
            ?? throw new FormatException($"in none of the formats that are read ({string.Join(", ", EvidenceReaders.All.Select(r => r.Format))}){(document.Fault is { } fault ? $": {fault}" : "")}");
        if (isForced && FamilyOf(reader.Format) != Format)
        {
            throw new FormatException($"it is {reader.Format}, not {Format}");
        }

        var evidence = reader.Read(document, null);
        var nodes = new Dictionary<string, GraphNode>(StringComparer.Ordinal);
        foreach (var statement in evidence.Statements.Concat(evidence.Bundles.SelectMany(b => b.Described.Prepend(b.Statement))))
        {
            Add(nodes, StatedLineage.Read(Encoding.UTF8.GetBytes(statement.Statement.ToJsonString())), reader.Format);
        }

        return nodes.Count > 0 ? nodes.Values : throw new FormatException(evidence.Notes.Length > 0 ? string.Join(" ", evidence.Notes) : "it describes nothing");
    }

    private static void Add(Dictionary<string, GraphNode> nodes, StatedLineage lineage, string format)
    {
        foreach (var subject in lineage.Subjects)
        {
            NodeOf(nodes, subject, lineage, format);
        }

        foreach (var edge in lineage.Edges)
        {
            if (NodeOf(nodes, edge.Child, lineage, format) is { } child && IdOf(edge.Parent) is { } parent)
            {
                child.Link(RelationOf(edge), parent);
            }
        }
    }

    private static GraphNode? NodeOf(Dictionary<string, GraphNode> nodes, StatedNode stated, StatedLineage lineage, string format)
    {
        if (IdOf(stated) is not { } id || !GraphNode.IsId(id))
        {
            return null;
        }

        if (!nodes.TryGetValue(id, out var node))
        {
            nodes[id] = node = new GraphNode(id, stated.Name ?? stated.Uri ?? id, KindOf(lineage));
            node.Say("document", format);
            node.Say("predicate_type", lineage.PredicateType);
        }

        return node;
    }

    private static string? IdOf(StatedNode node) => node.Digest?.ToString() ?? node.Uri ?? node.Name;

    private static string KindOf(StatedLineage lineage) =>
        lineage.PredicateType.Contains("/dataset", StringComparison.Ordinal) ? "dataset"
        : lineage.Edges.Any(edge => edge.Kind is EdgeKind.TrainedOn) || lineage.PredicateType.Contains("/training/", StringComparison.Ordinal) || lineage.PredicateType.Contains("model", StringComparison.Ordinal) ? "model"
        : "artifact";

    private static string RelationOf(StatedEdge edge) => edge.Kind.ToName() switch
    {
        "derived_from" => edge.Relation switch
        {
            EdgeRelation.FineTune => "fine_tuned_from",
            EdgeRelation.Distil => "distilled_from",
            EdgeRelation.Quantize => "quantized_from",
            EdgeRelation.Merge => "merged_from",
            _ => "derived_from",
        },
        "trained_on" => "trained_on",
        "evaluated_with" => "evaluated_with",
        "packaged_from" => "packaged_from",
        "deployed_as" => "deployed_as",
        _ => "derived_from",
    };
}
