using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text.Json.Nodes;
using Aixv.Protocol.Statements;
using Aixv.Track.Attesting;
using Aixv.Track.Exports;
using Aixv.Track.Hosting;
using Aixv.Track.Indexing;
using Aixv.Track.Keys;
using Aixv.Track.Lineage;

namespace Aixv.Track.Artifacts;

/// <summary><c>/v1/artifacts/{digest}</c>: everything known of a digest. Open to all, for what is public; who may read attestations sees its own too.</summary>
internal sealed class ArtifactRoutes(ArtifactGraph graph, ArtifactExports exports, ArtifactDocument documents)
{
    private const int DefaultDepth = 3;
    private const int MaximumDepth = 1000;
    private const int MaximumNodes = 5000;
    private static readonly string[] Directions = ["ancestors", "descendants", "both"];

    public void Map(ApiRoutes routes) => routes
        .Open("GET", "/v1/artifacts/{digest}", DescribeAsync)
        .Open("GET", "/v1/artifacts/{digest}/lineage", LineageAsync)
        .Open("GET", "/v1/artifacts/{digest}/impact", ImpactAsync)
        .Open("GET", "/v1/artifacts/{digest}/advisories", AdvisoriesAsync)
        .Open("GET", "/v1/artifacts/{digest}/exports", call => exports.ListAsync(call, graph))
        .Open("GET", "/v1/artifacts/{digest}/exports/{format}", call => exports.AnswerAsync(call, graph));

    private Task DescribeAsync(ApiCall call) => call.AnswerKeptAsync(
        call.ViewWith(Scope.AttestationsRead),
        async () => SortedJson.Serialize(await documents.BuildAsync(call, await ArtifactFinding.RequireAsync(call, graph))));

    private async Task LineageAsync(ApiCall call)
    {
        var direction = call.Query("direction") ?? "both";
        if (!Directions.Contains(direction))
        {
            throw ApiError.InvalidInput("direction", $"expected one of {string.Join(", ", Directions)}");
        }

        var depth = call.QueryNumber("depth", DefaultDepth, 1, MaximumDepth);
        var artifact = await ArtifactFinding.RequireAsync(call, graph);
        var nodes = new JsonArray(GraphJson.Node(NodeKey.Of(artifact.Digest)));
        var edges = new HashSet<int>();
        var seen = new HashSet<int> { artifact.Node };
        var isTruncated = false;
        foreach (var up in (bool[])[true, false])
        {
            if (artifact.Node < 0 || (direction != "both" && direction == "ancestors" != up))
            {
                continue;
            }

            foreach (var reached in artifact.Graph.Walk(artifact.Node, up, depth))
            {
                if (nodes.Count == MaximumNodes)
                {
                    isTruncated = true;
                    break;
                }

                if (seen.Add(reached.Node))
                {
                    var node = GraphJson.Node(artifact.Graph.KeyOf(reached.Node));
                    node["depth"] = up ? reached.Depth : -reached.Depth;
                    nodes.Add(node);
                }

                edges.Add(reached.Edge);
            }
        }

        AddBetween(artifact, seen, edges);
        await Listing.AnswerAsync(call, new JsonObject
        {
            ["digest"] = artifact.Digest.ToString(),
            ["direction"] = direction,
            ["depth"] = depth,
            ["nodes"] = nodes,
            ["edges"] = new JsonArray([.. edges.Order().Select(edge => GraphJson.Edge(artifact.Graph, edge))]),
            ["truncated"] = isTruncated,
        });
    }

    /// <summary>A walk takes one edge to each node; the others between nodes that are shown belong to the picture.</summary>
    private static void AddBetween(ArtifactFinding artifact, HashSet<int> nodes, HashSet<int> edges)
    {
        foreach (var node in nodes.Where(n => n >= 0))
        {
            edges.UnionWith(artifact.Graph.EdgesOf(node, up: true).Where(edge => nodes.Contains(artifact.Graph.ParentOf(edge))));
        }
    }

    private async Task ImpactAsync(ApiCall call)
    {
        var depth = call.QueryNumber("depth", MaximumDepth, 1, MaximumDepth);
        var limit = call.QueryNumber("limit", 100, 1, 1000);
        var artifact = await ArtifactFinding.RequireAsync(call, graph);
        var isStream = call.Query("format") == "ndjson" || call.Context.Request.Headers.Accept.ToString().Contains(ImpactStream.MediaType, StringComparison.OrdinalIgnoreCase);
        if (isStream)
        {
            await ImpactStream.WriteAsync(call, artifact, up: false, depth);
            return;
        }

        var (moment, skip) = ReadCursor(call, artifact.Graph.Moment);
        var reader = artifact.Graph.At(moment);
        var page = artifact.Node < 0 ? [] : reader.Walk(artifact.Node, up: false, depth).Skip(skip).Take(limit + 1).ToList();
        await Listing.AnswerAsync(call, new JsonObject
        {
            ["digest"] = artifact.Digest.ToString(),
            ["items"] = new JsonArray([.. page.Take(limit).Select(reached => Item(reader, reached))]),
            ["as_of"] = moment,
            ["limit"] = limit,
            ["next_cursor"] = page.Count > limit ? WriteCursor(moment, skip + limit) : null,
        });
    }

    private static JsonObject Item(GraphReader reader, GraphReader.Reached reached)
    {
        var json = GraphJson.Node(reader.KeyOf(reached.Node));
        json["depth"] = reached.Depth;
        json["via"] = GraphJson.Edge(reader, reached.Edge);
        return json;
    }

    /// <summary>The moment that the first page was of, and how many have been given: pages do not shift when the graph grows.</summary>
    private static string WriteCursor(int moment, int skip)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt32BigEndian(bytes, moment);
        BinaryPrimitives.WriteInt32BigEndian(bytes[4..], skip);
        return Base64Url.EncodeToString(bytes);
    }

    private static (int Moment, int Skip) ReadCursor(ApiCall call, int now)
    {
        if (call.Query("cursor") is not { } text)
        {
            return (now, 0);
        }

        var bytes = new byte[8];
        return text.Length == 11 && Base64Url.IsValid(text) && Base64Url.TryDecodeFromChars(text, bytes, out var written) && written == 8 && bytes[0] < 0x80 && bytes[4] < 0x80
            ? (BinaryPrimitives.ReadInt32BigEndian(bytes), BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(4)))
            : throw ApiError.InvalidInput("cursor", "is none that this server gave");
    }

    private async Task AdvisoriesAsync(ApiCall call)
    {
        var artifact = await ArtifactFinding.OfAsync(call, graph, Sigstore.Artifacts.Digest.Parse(RecordRoutes.Hash("digest", call.Route("digest"))));
        var found = await ArtifactAdvisories.OfAsync(call, artifact);
        await Listing.AnswerAsync(call, new JsonObject
        {
            ["digest"] = artifact.Digest.ToString(),
            ["advisories"] = found,
            ["items"] = found.DeepClone(),
            ["total"] = found.Count,
        });
    }
}
