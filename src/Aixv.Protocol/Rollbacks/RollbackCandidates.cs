using System.Text.RegularExpressions;
using Aixv.Protocol.Lineage;

namespace Aixv.Protocol.Rollbacks;

/// <summary>Finds what could take an artifact's place, whether admissible or not.</summary>
internal sealed partial class RollbackCandidates(LineageGraph graph)
{
    internal sealed record Found(int Node, CandidateOrigin Origin, int Depth, DateTimeOffset? Time);

    /// <summary>The version at the end of a bundle's id: <c>-v2</c>, <c>.1.3</c>, <c>_2026-01</c>.</summary>
    [GeneratedRegex(@"[-_.]?v?[0-9][0-9A-Za-z._-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex VersionEnding { get; }

    /// <summary>Each node once, by its best origin; best first.</summary>
    internal List<Found> Find(int artifact)
    {
        var found = new Dictionary<int, Found>();
        void Add(int node, CandidateOrigin origin, int depth)
        {
            if (node != artifact && !graph.IsDescribed(node) && IsModel(node))
            {
                found.TryAdd(node, new Found(node, origin, depth, TimeOf(node)));
            }
        }

        foreach (var node in EarlierReleases(artifact))
        {
            Add(node, CandidateOrigin.EarlierRelease, 0);
        }

        foreach (var rollback in graph.Facts.ReadRollbacks().Where(r => r.Artifact == artifact))
        {
            Add(rollback.Target, CandidateOrigin.PreviousTarget, 0);
        }

        var walker = new LineageWalker(graph);
        walker.Ascend([artifact], default(WeightEdge));
        for (int place = 1, depth = 1; place < walker.Reached.Length; place++)
        {
            depth += place == walker.Levels[depth] ? 1 : 0;
            Add(walker.Reached[place], CandidateOrigin.Ancestor, depth);
        }

        foreach (var member in graph.Facts.ReadBundles().Where(b => b.Members.Contains(artifact)).SelectMany(b => b.Members))
        {
            Add(member, CandidateOrigin.BundleMember, 0);
        }

        return [.. found.Values
            .OrderBy(f => f.Origin)
            .ThenBy(f => f.Depth)
            .ThenByDescending(f => f.Time ?? DateTimeOffset.MinValue)
            .ThenBy(f => graph.DigestOf(f.Node)!.Hex, StringComparer.Ordinal)];
    }

    /// <summary>Whether something can run: neither a dataset, a tokenizer nor a record.</summary>
    private bool IsModel(int node)
    {
        if ((graph.Nodes.Flags[node] & (NodeFlags.Dataset | NodeFlags.Rollback)) != 0)
        {
            return false;
        }

        for (var i = 0; i < graph.Children(node).Length; i++)
        {
            if (graph.ChildClaim(node, i) is { Relation: EdgeRelation.Tokenizer } or { Kind: EdgeKind.EvaluatedWith })
            {
                return false;
            }
        }

        return true;
    }

    private IEnumerable<int> EarlierReleases(int artifact)
    {
        var (line, time) = (LineOf(artifact), TimeOf(artifact));
        var signers = SignersOf(artifact);
        var sameLine = line is null ? [] : graph.Labels.Nodes.Where(n => LineOf(n) == line && graph.IsSubject(n) && Agree(signers, SignersOf(n)));
        return sameLine.Concat(BundleReleases(artifact)).Where(n => n != artifact && (time is null || TimeOf(n) is not { } other || other <= time));
    }

    /// <summary>A file's name is shared by strangers, so releases of one line must have a signer in common; where neither is signed, the name must do.</summary>
    private static bool Agree(HashSet<LineageSigner> a, HashSet<LineageSigner> b) => a.Overlaps(b) || (a.Count == 0 && b.Count == 0);

    private IEnumerable<int> BundleReleases(int artifact)
    {
        var own = graph.Facts.ReadBundles().Where(b => b.Members.Contains(artifact)).ToList();
        var lines = own.Select(b => BundleLine(b.Id)).ToHashSet(StringComparer.Ordinal);
        return graph.Facts.ReadBundles()
            .Where(b => !b.Members.Contains(artifact) && lines.Contains(BundleLine(b.Id)))
            .Where(b => own.Exists(o => Agree(SignerOf(o.Source), SignerOf(b.Source))))
            .Select(b => b.Primary);
    }

    private string BundleLine(int id) => VersionEnding.Replace(graph.Sources.Texts.Find(id)!, "");

    /// <summary>What releases of one line share: the address without its revision, else the name.</summary>
    private string? LineOf(int node)
    {
        var label = graph.Node(node);
        return label.Uri is { } uri ? $"uri {(uri.LastIndexOf('@') is > 0 and var at ? uri[..at] : uri)}" : label.Name is { Length: > 0 } name ? $"name {name}" : null;
    }

    private HashSet<LineageSigner> SignersOf(int node) => [.. graph.SourcesOf(node).SelectMany(SignerOf)];

    private HashSet<LineageSigner> SignerOf(int source) => graph.Source(source).Signer is { } signer ? [signer] : [];

    private DateTimeOffset? TimeOf(int node) => graph.SourcesOf(node).Select(s => graph.Source(s).LogEntry?.IntegratedTime).Max();

    /// <summary>Edges by which weights come down.</summary>
    internal readonly struct WeightEdge : IEdgeFilter
    {
        public bool Passes(uint claim, int target) =>
            new EdgeClaim(claim) is { Kind: EdgeKind.DerivedFrom or EdgeKind.PackagedFrom, Relation: not EdgeRelation.Tokenizer };
    }
}
