using Aixv.Track.Attestations;
using Aixv.Track.Hosting;
using Aixv.Track.Importing;
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
    private readonly RelationWords relations = new();
    private readonly HashSet<(int, int, ushort, long)> recent = [];
    private long position;
    private long describedPosition;

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

    /// <summary>Takes what was logged just now, if it is the next: then nobody has to read it from the index.</summary>
    public void Offer(IReadOnlyList<(Realm Realm, IndexedEntry Entry)> entries)
    {
        if (entries.Count == 0 || !gate.Wait(0))
        {
            return;
        }

        try
        {
            var first = entries[0].Entry.Index;
            if (position != first || describedPosition < Described.FirstOf(first) || entries.Any(e => e.Entry.Changes.Described.Count > 0))
            {
                return;
            }

            Add([.. entries.SelectMany(e => e.Entry.Changes.Edges.Select(edge => new StoredEdge(edge, e.Entry.Index) { Realm = e.Realm, IsPublic = e.Entry.IsPublic }))]);
            describedPosition = Described.FirstOf(first + entries.Count);
            Volatile.Write(ref position, first + entries.Count);
        }
        finally
        {
            gate.Release();
        }
    }

    private async ValueTask FollowAsync(TenantView all, CancellationToken cancellationToken)
    {
        var size = await all.SizeAsync(cancellationToken);
        await FollowDescribedAsync(size, cancellationToken);
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

    private async ValueTask FollowDescribedAsync(long size, CancellationToken cancellationToken)
    {
        while (describedPosition < Described.FirstOf(size))
        {
            var rows = await registry.Store.Index.Described.ReadAsync(describedPosition, Batch, cancellationToken);
            foreach (var row in rows)
            {
                Add(row);
            }

            describedPosition = rows.Count == Batch ? rows[^1].Id + 1 : Math.Max(Described.FirstOf(size), rows.Count == 0 ? 0 : rows[^1].Id + 1);
        }
    }

    /// <summary>The edges of a description, in place of those of the one before.</summary>
    private void Add(DescribedRow row)
    {
        var known = nodes.Find(row.Node);
        if (known >= 0)
        {
            edges.Withdraw(known, edge => edge.IsDescribed && edge.Realm == row.Realm && relations.IsOf(edge.Relation, row.Source));
        }

        var (realm, index) = (new Realm(row.Realm), row.Id >> Described.NumberBits);
        if (row.Digest.Length > 0 && !NodeKey.IsDigest(row.Node))
        {
            edges.AppendTwin(
                nodes.Number(row.Node), nodes.Number(NodeKey.DigestBytes(row.Digest)), relations.Number(EdgeWords.OfDescribed(row.Source, EdgeWords.Is)), realm, row.IsPublic, index);
        }

        ReadOnlySpan<byte> links = row.Links;
        while (DescribedLinks.TryTake(ref links, out var relation, out var target))
        {
            edges.Append(
                nodes.Number(row.Node), nodes.Number(target), relations.Number(EdgeWords.OfDescribed(row.Source, DescribedWords.Relations[relation])),
                realm, row.IsPublic, index, isDescribed: true);
        }
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
            var relation = relations.Number(edge.Relation);
            if (child != parent && recent.Add((child, parent, relation, stored.Index)))
            {
                edges.Append(child, parent, relation, stored.Realm, stored.IsPublic, stored.Index);
            }
        }
    }

    public void Dispose() => gate.Dispose();
}
