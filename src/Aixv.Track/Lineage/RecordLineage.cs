using System.Text.Json.Nodes;
using Aixv.Sigstore.Json;
using Aixv.Track.Attesting;
using Aixv.Track.Hosting;
using Aixv.Track.Indexing;
using Aixv.Track.Storage;

namespace Aixv.Track.Lineage;

/// <summary>The records around one record: what it came from, and what came of it.</summary>
internal sealed class RecordLineage
{
    private const int MaximumNodes = 2000;
    private const int MaximumEdges = 1000;
    private readonly ApiCall call;
    private readonly Dictionary<string, StoredRecord> nodes = new(StringComparer.Ordinal);
    private readonly List<IndexEdge> edges = [];
    private readonly HashSet<IndexEdge> seen = [];

    private RecordLineage(ApiCall call) => this.call = call;

    /// <summary>Whether there is more than is answered at once.</summary>
    public bool IsTruncated { get; private set; }

    /// <summary>All records that were reached, the first among them.</summary>
    public IEnumerable<StoredRecord> Records => nodes.Values;

    /// <param name="depth">How many edges each way.</param>
    /// <param name="direction">ancestors, descendants or both.</param>
    public static async ValueTask<RecordLineage> OfAsync(ApiCall call, StoredRecord start, int depth, string direction)
    {
        var lineage = new RecordLineage(call);
        lineage.nodes.Add(start.Id.ToString(), start);
        if (direction is "ancestors" or "both")
        {
            await lineage.WalkAsync(start, depth, reverse: false);
        }

        if (direction is "descendants" or "both")
        {
            await lineage.WalkAsync(start, depth, reverse: true);
        }

        return lineage;
    }

    private async ValueTask WalkAsync(StoredRecord start, int depth, bool reverse)
    {
        var level = new List<StoredRecord> { start };
        var walked = new HashSet<TrackId> { start.Id };
        for (var i = 0; i < depth && level.Count > 0; i++)
        {
            var next = new List<StoredRecord>();
            foreach (var record in level)
            {
                var found = await call.Session.View.ReadEdgesAsync(NodeKey.Of(record.Id), reverse, MaximumEdges, call.Cancelled);
                IsTruncated |= found.Count == MaximumEdges;
                foreach (var (edge, _) in found)
                {
                    if (await ReachAsync(edge, reverse ? edge.Source : edge.Target) is { } reached && walked.Add(reached.Id))
                    {
                        next.Add(reached);
                    }
                }
            }

            level = next;
        }
    }

    private async ValueTask<StoredRecord?> ReachAsync(IndexEdge edge, NodeKey other)
    {
        if (!nodes.TryGetValue(other.Text, out var record))
        {
            if (nodes.Count == MaximumNodes)
            {
                IsTruncated = true;
                return null;
            }

            if (!TrackId.TryParse(other.Text, out var id) || await FindAsync(id) is not { } found)
            {
                return null;
            }

            nodes.Add(other.Text, record = found);
        }

        if (seen.Add(edge))
        {
            edges.Add(edge);
        }

        return record;
    }

    private async ValueTask<StoredRecord?> FindAsync(TrackId id)
    {
        foreach (var type in (RecordType[])[RecordType.Model, RecordType.Dataset, RecordType.Deployment, RecordType.TrainingRun])
        {
            if (await call.Session.View.FindAsync(type, id, call.Cancelled) is { } record)
            {
                return record;
            }
        }

        return null;
    }

    public JsonArray NodesToJson() => new([.. nodes.Values.OrderBy(n => n.Index).Select(n =>
    {
        var record = AttestedRecord.Read(n);
        return new JsonObject
        {
            ["id"] = RecordWords.IdOf(n.Type, record.ShownId),
            ["uuid"] = record.ShownId.ToString(),
            ["type"] = RecordWords.Of(n.Type),
            ["name"] = record.Name,
            ["version"] = record.Version,
            ["hash"] = record.Hash?.Hex,
            ["tier"] = record.Tier,
            ["status"] = n.Status,
            ["created_at"] = Rfc3339.Format(n.Created),
        };
    })]);

    /// <summary>"source relationship target", read as a sentence: a model trained_on a dataset, a model deployed_as a deployment.</summary>
    public JsonArray EdgesToJson() => new([.. edges.Select(edge =>
    {
        var (source, target) = edge.Relation == Relationships.DeployedAs ? (edge.Target, edge.Source) : (edge.Source, edge.Target);
        return new JsonObject
        {
            ["source"] = IdOf(source),
            ["target"] = IdOf(target),
            ["relationship"] = edge.Relation,
        };
    })]);

    private string IdOf(NodeKey node) => RecordWords.IdOf(nodes[node.Text].Type, AttestedRecord.Read(nodes[node.Text]).ShownId);

    /// <summary>The records of a type that an edge of the start's own leads to.</summary>
    public JsonArray Direct(StoredRecord start, RecordType type, Func<StoredRecord, JsonObject> describe) => new([.. edges
        .Where(edge => edge.Source.Text == start.Id.ToString() || edge.Target.Text == start.Id.ToString())
        .Select(edge => nodes[edge.Source.Text == start.Id.ToString() ? edge.Target.Text : edge.Source.Text])
        .Where(record => record.Type == type)
        .DistinctBy(record => record.Id)
        .OrderBy(record => record.Index)
        .Select(describe)]);
}
