using Aixv.Export.Dossiers;
using Aixv.Protocol.Lineage;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Export.Boms;

/// <summary>What a bill of materials lists: the artifact, all it was made from, and what was made from it. One list feeds every BOM format.</summary>
internal sealed class Inventory
{
    private readonly Dictionary<string, InventoryItem> byId = new(StringComparer.Ordinal);
    private readonly List<InventoryLink> links = [];

    private Inventory(Dossier dossier)
    {
        var artifact = dossier.Artifact;
        Artifact = Add(new InventoryItem(IdOf(artifact.Digest, ""), InventoryKind.Artifact, artifact.Name)
        {
            Digest = artifact.Digest,
            Uri = artifact.Uri,
            Version = artifact.Version,
        });
        AddReferences(dossier.Parents, InventoryKind.Model);
        AddReferences(dossier.Datasets, InventoryKind.Dataset);
        AddRun(dossier.Run);
        AddLineage(dossier);
        AddClaimed(dossier, dossier.Parents, EdgeKind.DerivedFrom);
        AddClaimed(dossier, dossier.Datasets, EdgeKind.TrainedOn);
        Items = [.. byId.Values];
        links.Sort((a, b) => Compare(a.From.Id, b.From.Id, Compare(a.To.Id, b.To.Id, a.Kind.CompareTo(b.Kind))));
    }

    /// <summary>The artifact first, then what the claim names in its order, then the rest of the lineage by key.</summary>
    public IReadOnlyList<InventoryItem> Items { get; }

    public InventoryItem Artifact { get; }

    public InventoryItem? Framework { get; private set; }

    public InventoryItem? Code { get; private set; }

    public InventoryItem? Environment { get; private set; }

    /// <summary>Ordered by ends and kind; no item links to itself, no link stands twice.</summary>
    public IReadOnlyList<InventoryLink> Links => links;

    public static Inventory Of(Dossier dossier) => new(dossier);

    private static int Compare(string a, string b, int otherwise) => string.CompareOrdinal(a, b) is not 0 and var order ? order : otherwise;

    /// <summary>By its digest, else by a UUID of what else identifies it.</summary>
    private static string IdOf(Digest? digest, string key) => digest is null ? $"uuid-{NameUuid.Of(NameUuid.Exports, key):D}" : $"sha256-{digest.Hex}";

    private InventoryItem Add(InventoryItem item)
    {
        byId.TryAdd(item.Id, item);
        return byId[item.Id];
    }

    private void AddReferences(IEnumerable<ReferenceFacts>? references, InventoryKind kind)
    {
        foreach (var reference in references ?? [])
        {
            Add(new InventoryItem(IdOf(reference.Digest, reference.Key), kind, reference.Label)
            {
                Digest = reference.Digest,
                Uri = reference.Uri,
                Split = reference.Split,
                Relation = reference.Relation,
                Tier = reference.Tier,
                RecalledBy = reference.RecalledBy,
                Declared = reference.Declared,
                IsDirect = true,
            });
        }
    }

    private void AddRun(TrainingFacts? run)
    {
        if (run?.Framework is { } framework)
        {
            Framework = Add(new InventoryItem(IdOf(null, $"framework\n{framework}\n{run.FrameworkVersion}"), InventoryKind.Framework, framework) { Version = run.FrameworkVersion });
        }

        Code = AddMade(InventoryKind.Code, "training code", run?.CodeDigest, run?.CodeUri);
        Environment = AddMade(InventoryKind.Environment, "training environment", run?.EnvironmentDigest, run?.EnvironmentUri);
    }

    private InventoryItem? AddMade(InventoryKind kind, string what, Digest? digest, string? uri) => digest is null && uri is null
        ? null
        : Add(new InventoryItem(IdOf(digest, $"{what}\n{uri}"), kind, uri ?? what) { Digest = digest, Uri = uri });

    private void AddLineage(Dossier dossier)
    {
        var byKey = new Dictionary<string, InventoryItem>(StringComparer.Ordinal);
        foreach (var node in dossier.Lineage.Nodes)
        {
            byKey[node.Key] = Add(new InventoryItem(IdOf(node.Digest, node.Key), KindOf(node.Kind), node.Label)
            {
                Digest = node.Digest,
                Uri = node.Uri,
                Tier = node.Tier,
                RecalledBy = node.RecalledBy,
            });
        }

        var children = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var edge in dossier.Lineage.Edges)
        {
            if (byKey.TryGetValue(edge.ChildKey, out var child) && byKey.TryGetValue(edge.ParentKey, out var parent) && child.Id != parent.Id)
            {
                links.Add(new InventoryLink(child, parent, edge.Kind, edge.Split, edge.IsAttested));
                (children.TryGetValue(parent.Id, out var known) ? known : children[parent.Id] = []).Add(child.Id);
            }
        }

        MarkDescendants(children);
    }

    private void MarkDescendants(Dictionary<string, List<string>> children)
    {
        var open = new Stack<string>([Artifact.Id]);
        var seen = new HashSet<string>(StringComparer.Ordinal) { Artifact.Id };
        while (open.TryPop(out var id))
        {
            foreach (var child in children.GetValueOrDefault(id) ?? [])
            {
                if (seen.Add(child))
                {
                    byId[child] = byId[child] with { IsDescendant = true };
                    open.Push(child);
                }
            }
        }
    }

    /// <summary>What the claim says and the graph does not hold, as when it was cut at a depth.</summary>
    private void AddClaimed(Dossier dossier, IEnumerable<ReferenceFacts>? references, EdgeKind kind)
    {
        var known = links.Where(l => l.From.Id == Artifact.Id && l.Kind == kind).Select(l => l.To.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var reference in references ?? [])
        {
            var to = byId[IdOf(reference.Digest, reference.Key)];
            if (to.Id != Artifact.Id && known.Add(to.Id))
            {
                links.Add(new InventoryLink(Artifact, to, kind, reference.Split, dossier.Training?.Bundle is not null));
            }
        }
    }

    private static InventoryKind KindOf(LineageNodeKind kind) => kind switch
    {
        LineageNodeKind.Model => InventoryKind.Model,
        LineageNodeKind.Dataset => InventoryKind.Dataset,
        LineageNodeKind.Deployment => InventoryKind.Deployment,
    };
}
