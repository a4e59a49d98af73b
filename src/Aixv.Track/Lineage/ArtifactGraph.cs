using Aixv.Track.Attestations;
using Aixv.Track.Hosting;
using Aixv.Track.Indexing;
using Aixv.Track.Tenants;

namespace Aixv.Track.Lineage;

/// <summary>The lineage of artifacts in memory: every tenant's edges, each marked with whose it is. A follower of the index, brought up to date before it is asked.</summary>
internal sealed class ArtifactGraph(Registry registry) : IDisposable
{
    private const int Batch = 20_000;
    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly NodeNumbers nodes = new();
    private readonly EdgeChains edges = new();
    private readonly Dictionary<string, byte> relationNumbers = new(StringComparer.Ordinal);
    private readonly string[] relations = new string[256];
    private readonly HashSet<(int, int, byte, long)> recent = [];
    private long position;

    public int NodeCount => nodes.Count;

    public int EdgeCount => edges.Count;

    /// <summary>Reads what the index has since; returns a reader of all that was known then, as this view may see it.</summary>
    public async ValueTask<GraphReader> OpenAsync(TenantView view, CancellationToken cancellationToken)
    {
        var all = TenantView.OfEveryTenant(registry.Store);
        if (await all.SizeAsync(cancellationToken) > Volatile.Read(ref position))
        {
            await gate.WaitAsync(cancellationToken);
            try
            {
                await FollowAsync(all, cancellationToken);
            }
            finally
            {
                gate.Release();
            }
        }

        // The number first: what is read then has at least as many edges, and the reader stops at the number.
        var moment = edges.Count;
        return new GraphReader(nodes, edges.Read(), moment, relations, view);
    }

    private async ValueTask FollowAsync(TenantView all, CancellationToken cancellationToken)
    {
        var size = await all.SizeAsync(cancellationToken);
        var from = position;
        while (from < size)
        {
            var batch = await all.ReadEdgesAsync(from, Batch, cancellationToken);
            if (batch.Count == 0)
            {
                break;
            }

            Add(batch);
            from = batch[^1].Index + 1;
            Volatile.Write(ref position, from);
        }

        Volatile.Write(ref position, Math.Max(from, size));
    }

    private void Add(IReadOnlyList<StoredEdge> batch)
    {
        // A record's digest comes first, so that its other edges are the digest's.
        foreach (var (edge, _) in batch.Where(stored => stored.Edge.Relation == EdgeWords.Is))
        {
            nodes.TryAlias(edge.Source.Bytes.Span, nodes.Number(edge.Target.Bytes.Span));
        }

        recent.Clear();
        foreach (var stored in batch)
        {
            var edge = stored.Edge;
            if (edge.Relation == EdgeWords.Is)
            {
                continue;
            }

            var (child, parent) = (nodes.Number(edge.Source.Bytes.Span), nodes.Number(edge.Target.Bytes.Span));
            var relation = RelationOf(edge.Relation);
            if (child != parent && recent.Add((child, parent, relation, stored.Index)))
            {
                edges.Append(child, parent, relation, stored.Realm, stored.IsPublic, stored.Index);
            }
        }
    }

    private byte RelationOf(string word)
    {
        if (!relationNumbers.TryGetValue(word, out var number))
        {
            // Words are this program's own; more than a byte has would be a new version's, which are all called by the last.
            number = (byte)Math.Min(relationNumbers.Count, byte.MaxValue);
            relationNumbers[word] = number;
            relations[number] = word;
        }

        return number;
    }

    public void Dispose() => gate.Dispose();
}
