using System.Text.Json;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Protocol.Lineage;

/// <summary>What one in-toto statement says of lineage, for indexes that are not a <see cref="LineageGraph"/>. Of any predicate type.</summary>
/// <param name="PredicateType">The claim's URI.</param>
/// <param name="Subjects">What the statement is about: those of its subjects that have a SHA-256 digest.</param>
/// <param name="Edges">Each from what was made to what it was made of.</param>
public sealed record StatedLineage(string PredicateType, IReadOnlyList<StatedNode> Subjects, IReadOnlyList<StatedEdge> Edges)
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 128, AllowDuplicateProperties = false };

    /// <exception cref="FormatException">Not a statement, or it names something by what is no digest.</exception>
    public static StatedLineage Read(ReadOnlyMemory<byte> statement)
    {
        try
        {
            using var document = JsonDocument.Parse(statement, Options);
            return Of(StatementReader.Read(document.RootElement));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FormatException($"statement: {e.Message}", e);
        }
    }

    private static StatedLineage Of(RecordFacts facts)
    {
        List<StatedNode> subjects = [.. facts.Subjects.Select(StatedNode.Of).Distinct()];
        var edges = new List<StatedEdge>();
        foreach (var (parent, kind, relation) in facts.Parents)
        {
            edges.AddRange(subjects.Select(subject => new StatedEdge(subject, StatedNode.Of(parent), kind, relation)));
        }

        edges.AddRange(facts.Others.Select(other => new StatedEdge(StatedNode.Of(other.Child), StatedNode.Of(other.Parent), other.Kind, other.Relation)));
        return new StatedLineage(facts.Type, subjects, [.. edges.Where(edge => !edge.Child.IsSame(edge.Parent)).Distinct()]);
    }
}

/// <summary>Something that a statement names; at least one member is not null. Names and URIs are untrusted text.</summary>
public sealed record StatedNode(Digest? Digest, string? Uri, string? Name)
{
    internal static StatedNode Of(NodeReference reference) =>
        new(reference.Sha256 is null ? null : Digest.FromBytes(reference.Sha256), reference.Uri, reference.Name);

    /// <summary>Whether both are the same node of a graph.</summary>
    public bool IsSame(StatedNode other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Digest is not null || other.Digest is not null ? Digest == other.Digest : (Uri ?? Name) == (other.Uri ?? other.Name);
    }
}

/// <summary><paramref name="Child"/> came from <paramref name="Parent"/>.</summary>
public sealed record StatedEdge(StatedNode Child, StatedNode Parent, EdgeKind Kind, EdgeRelation Relation);
