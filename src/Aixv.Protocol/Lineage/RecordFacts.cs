namespace Aixv.Protocol.Lineage;

/// <summary>What one record says about lineage.</summary>
internal sealed class RecordFacts
{
    /// <summary>The predicate type of an attestation, or the kind of another record.</summary>
    internal required string Type { get; init; }

    /// <summary>What the record is about; edges lead from these.</summary>
    internal List<NodeReference> Subjects { get; } = [];

    /// <summary>Edges from every subject.</summary>
    internal List<(NodeReference Parent, EdgeKind Kind, EdgeRelation Relation)> Parents { get; } = [];

    /// <summary>Edges from something else: the outputs of a packaging.</summary>
    internal List<(NodeReference Child, NodeReference Parent, EdgeKind Kind, EdgeRelation Relation)> Others { get; } = [];

    /// <summary>The id of a bundle, rollback or advisory.</summary>
    internal string? Id { get; set; }

    /// <summary>A bundle: its primary and members. A rollback: artifact and target. An advisory: the affected.</summary>
    internal List<(NodeReference Node, int Selectors)> Named { get; } = [];

    internal bool FromScratch { get; set; }

    /// <summary>Adds all to a graph under <paramref name="source"/>.</summary>
    internal void AddTo(LineageGraphBuilder builder, int source)
    {
        int[] subjects = [.. Subjects.Select(s => s.Add(builder))];
        foreach (var subject in subjects)
        {
            builder.AddSubject(subject, source);
        }

        foreach (var (parent, kind, relation) in Parents)
        {
            var node = parent.Add(builder);
            foreach (var subject in subjects)
            {
                // A claim about an artifact itself, as a deployment of the admitted artifact often is, makes no edge.
                if (subject != node || kind is EdgeKind.DerivedFrom or EdgeKind.PackagedFrom)
                {
                    builder.AddEdge(subject, node, kind, relation, source);
                }
            }
        }

        var outputs = new HashSet<int>(subjects);
        foreach (var (child, parent, kind, relation) in Others)
        {
            var node = child.Add(builder);
            builder.AddEdge(node, parent.Add(builder), kind, relation, source);
            if (outputs.Add(node) && child.Sha256 is not null)
            {
                // The record tells where an output comes from, so it is a record of it, whatever its statement's subject is.
                builder.AddSubject(node, source);
            }
        }

        AddNamed(builder, source, subjects);
    }

    private void AddNamed(LineageGraphBuilder builder, int source, int[] subjects)
    {
        if (Named.Count == 0)
        {
            return;
        }

        (int Node, int Selectors)[] named = [.. Named.Select(n => (n.Node.Add(builder), n.Selectors))];
        switch (Type)
        {
            case SignedRecordReader.Bundle:
                builder.Facts.AddBundle(source, builder.Texts.Add(Id ?? ""), named[0].Node, [.. named.Select(n => n.Node).Distinct()]);
                break;
            case SignedRecordReader.Rollback:
                builder.Flag(subjects[0], NodeFlags.Rollback);
                builder.Facts.AddRollback(source, subjects[0], named[0].Node, named[1].Node);
                break;
            default:
                builder.Facts.AddAdvisory(source, builder.Texts.Add(Id ?? ""), named);
                break;
        }
    }
}
