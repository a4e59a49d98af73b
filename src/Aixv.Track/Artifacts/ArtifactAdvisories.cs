using System.Text.Json.Nodes;
using Aixv.Protocol.Advisories;
using Aixv.Protocol.Lineage;
using Aixv.Track.Advisories;
using Aixv.Track.Hosting;
using Aixv.Track.Indexing;
using Aixv.Track.Lineage;
using Aixv.Track.Tenants;

namespace Aixv.Track.Artifacts;

/// <summary>The advisories that name an artifact, or come to it along its lineage by the protocol's rules (§3), each as its signer last said it.</summary>
internal static class ArtifactAdvisories
{
    private const int MaximumNodes = 1000;

    public static async ValueTask<JsonArray> OfAsync(ApiCall call, ArtifactFinding artifact) =>
        new([.. (await FindAsync(artifact, call.Cancelled)).Select(found => Describe(found.Stored, found.Published, found.IsCertain, found.Path))]);

    public static async ValueTask<IReadOnlyList<ReachingAdvisory>> FindAsync(ArtifactFinding artifact, CancellationToken cancellationToken)
    {
        var standing = await StandingAsync(artifact, cancellationToken);
        if (standing.Count == 0)
        {
            return [];
        }

        var trust = LineageTrust.Of(await Neighbourhood.BuildAsync(artifact, down: 1, MaximumNodes, cancellationToken), _ => true);
        var found = new List<ReachingAdvisory>();
        foreach (var (stored, published) in standing)
        {
            var reach = AdvisoryReach.Of(published.Advisory, trust, ReachRules.Default);
            if (reach.PathTo(artifact.Digest) is { } steps)
            {
                found.Add(new ReachingAdvisory(stored, published, reach.IsAffected(artifact.Digest), steps));
            }
        }

        return found;
    }

    private static JsonObject Describe(StoredRecord stored, PublishedAdvisory published, bool isCertain, IReadOnlyList<ReachStep> steps)
    {
        var json = published.ToJson(stored, null);
        json["reach"] = steps.Count == 0 ? "named" : steps[0].Via switch
        {
            ReachVia.Descendant => "descendant",
            ReachVia.Parent => "parent",
            ReachVia.BundleMember => "bundle",
            ReachVia.Named => "named",
        };
        json["certain"] = isCertain;
        json["path"] = new JsonArray([.. steps.Select(step => new JsonObject
        {
            ["from"] = step.From.ToString(),
            ["to"] = step.To.ToString(),
            ["relationship"] = step.Edge?.Kind.ToName() ?? "bundle",
        })]);
        return json;
    }

    /// <summary>The last record of each advisory and signer, of those that name the artifact or something near it.</summary>
    public static async ValueTask<IReadOnlyList<(StoredRecord Stored, PublishedAdvisory Published)>> StandingAsync(ArtifactFinding artifact, CancellationToken cancellationToken)
    {
        var digests = new HashSet<string>(StringComparer.Ordinal) { artifact.Digest.Hex };
        var graph = artifact.Graph.WithoutDescribed();
        if (graph.Find(NodeKey.Of(artifact.Digest)) is var start and >= 0)
        {
            var around = graph.Walk(start, up: true, int.MaxValue).Take(MaximumNodes).Concat(graph.Walk(start, up: false, 1).Take(MaximumNodes));
            digests.UnionWith(around.Select(r => graph.KeyOf(r.Node).Digest?.Hex).OfType<string>());
        }

        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var hex in digests)
        {
            ids.UnionWith((await ListAsync(artifact.View, new IndexTerm("hash", hex), cancellationToken)).Select(a => a.Published.Advisory.Id));
        }

        var standing = new List<(StoredRecord, PublishedAdvisory)>();
        foreach (var id in ids.Order(StringComparer.Ordinal))
        {
            // What one signer says of an advisory does not change what another said.
            standing.AddRange((await ListAsync(artifact.View, new IndexTerm("advisory", id), cancellationToken))
                .GroupBy(a => a.Published.Signer, StringComparer.Ordinal)
                .Select(group => group.MaxBy(a => (a.Published.SignedAt ?? a.Stored.Created, a.Stored.Index))));
        }

        return standing;
    }

    private static async ValueTask<IReadOnlyList<(StoredRecord Stored, PublishedAdvisory Published)>> ListAsync(TenantView view, IndexTerm term, CancellationToken cancellationToken) =>
        [.. (await view.ListAsync(new RecordQuery { Type = RecordType.Advisory, Terms = [term], Limit = MaximumNodes, Count = false }, cancellationToken)).Items.Select(r => (r, PublishedAdvisory.Read(r.Content)))];
}
