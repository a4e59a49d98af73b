using System.Text.Json.Nodes;
using Aixv.Protocol.Advisories;
using Aixv.Sigstore.Json;
using Aixv.Track.Advisories;
using Aixv.Track.Indexing;
using Aixv.Track.Lineage;
using Aixv.Track.Tenants;

namespace Aixv.Track.Graphs;

/// <summary>What a registry holds at a glance: how much of what, what came last, and which recalls hold.</summary>
internal sealed class Overview(ArtifactGraph graph, NodeLabels labels, StandingAdvisories advisories)
{
    private const int Recent = 20;
    private const int MaximumRecalls = 20;
    private const int MaximumAffected = 12;
    private const int MaximumCounted = 1_000_000;
    private static readonly RecordType[] Told = [RecordType.Attestation, RecordType.Model, RecordType.Dataset];

    public async ValueTask<JsonObject> ReadAsync(TenantView view, CancellationToken cancellationToken) => new()
    {
        ["counts"] = await CountAsync(view, cancellationToken),
        ["recent"] = await RecentAsync(view, cancellationToken),
        ["recalls"] = await RecallsAsync(view, cancellationToken),
    };

    private async ValueTask<JsonObject> CountAsync(TenantView view, CancellationToken cancellationToken) => new()
    {
        ["models"] = await view.CountTermsAsync(IndexedKinds.Model, cancellationToken),
        ["datasets"] = await view.CountTermsAsync(IndexedKinds.Dataset, cancellationToken),
        ["artifacts"] = await view.CountTermsAsync("hash", cancellationToken),
        ["attestations"] = await view.CountRecordsAsync(RecordType.Attestation, cancellationToken),
        ["advisories"] = await view.CountRecordsAsync(RecordType.Advisory, cancellationToken),
        ["described"] = await view.CountDescribedAsync(cancellationToken),
        ["edges"] = await view.CountEdgesAsync(cancellationToken) + (await graph.OpenAsync(view, cancellationToken)).CountDescribed(),
    };

    private async ValueTask<JsonArray> RecentAsync(TenantView view, CancellationToken cancellationToken)
    {
        var newest = new List<StoredRecord>();
        foreach (var type in Told)
        {
            newest.AddRange((await view.ListAsync(new RecordQuery { Type = type, Limit = Recent, Count = false }, cancellationToken)).Items);
        }

        var shown = newest.OrderByDescending(r => r.Index).Select(r => (Record: r, Key: KeyOf(r))).DistinctBy(r => r.Key).Take(Recent).ToList();
        var known = await labels.ReadAsync(view, [.. shown.Select(r => r.Key)], cancellationToken);
        var reader = await graph.OpenAsync(view, cancellationToken);
        var words = new EdgeLabels();
        return new JsonArray([.. shown.Select((item, i) => new JsonObject
        {
            ["digest"] = item.Key.Digest?.ToString(),
            ["id"] = item.Key.Text,
            ["name"] = known.Labels[i].Name,
            ["kind"] = NodeKinds.Of(known.Labels[i].Kind, words.Around(reader, item.Key, up: true), words.Around(reader, item.Key, up: false)),
            ["tier"] = known.Labels[i].TierOf(item.Key),
            ["time"] = Rfc3339.Format(item.Record.Created),
            ["signer"] = known.Labels[i].SignerToJson(),
            ["page"] = Addresses.Of(item.Key),
        })]);
    }

    private static NodeKey KeyOf(StoredRecord record)
    {
        var digest = record.Type == RecordType.Attestation
            ? Attestations.IndexedAttestation.Read(record.Content).Subjects[0].Digest
            : Attesting.AttestedRecord.Read(record).Hash;
        return digest is null ? NodeKey.Of(record.Id) : NodeKey.Of(digest);
    }

    private async ValueTask<JsonArray> RecallsAsync(TenantView view, CancellationToken cancellationToken)
    {
        var active = (await advisories.ActiveAsync(view, cancellationToken)).Take(MaximumRecalls).ToList();
        var reader = await graph.OpenAsync(view, cancellationToken);
        var found = new JsonArray();
        foreach (var (stored, published) in active)
        {
            var affected = Affected(reader, published.Advisory, out var count);
            var known = await labels.ReadAsync(view, affected, cancellationToken);
            found.Add(new JsonObject
            {
                ["advisory_id"] = published.Advisory.Id,
                ["title"] = TitleOf(published.Advisory),
                ["severity"] = published.Advisory.Severity.ToString().ToLowerInvariant(),
                ["status"] = published.Advisory.Status.ToString().ToLowerInvariant(),
                ["time"] = Rfc3339.Format(published.SignedAt ?? stored.Created),
                ["signer"] = SignerOf(published),
                ["affected"] = new JsonArray([.. affected.Select((key, i) => new JsonObject
                {
                    ["digest"] = key.Digest!.ToString(),
                    ["name"] = known.Labels[i].Name,
                    ["page"] = Addresses.Of(key),
                })]),
                ["affected_count"] = count,
            });
        }

        return found;
    }

    /// <summary>The reason's words, and what it is about.</summary>
    private static string TitleOf(Advisory advisory)
    {
        var about = advisory.Affected.Select(t => t.Name).FirstOrDefault(n => n is not null);
        return about is null ? advisory.ReasonCode : $"{advisory.ReasonCode}: {about}";
    }

    private static JsonObject SignerOf(PublishedAdvisory published) => new()
    {
        ["identity"] = published.Signer,
        ["issuer"] = published.Signature["signer"]!["issuer"]?.DeepClone(),
    };

    /// <summary>The named artifacts and all that signed edges carry the advisory to, nearest first.</summary>
    private static List<NodeKey> Affected(GraphReader reader, Advisory advisory, out int count)
    {
        reader = reader.WithoutDescribed();
        var named = advisory.Affected.Where(t => t.Digest is not null).ToList();
        var first = named.Select(t => t.Digest!).Distinct().Select(NodeKey.Of).ToList();
        var starts = named.Where(t => t.Selectors.Contains(Selector.Descendants)).Select(t => reader.Find(NodeKey.Of(t.Digest!))).Where(n => n >= 0).ToList();
        var seen = new HashSet<int>(first.Select(reader.Find).Where(n => n >= 0));
        var waiting = new Queue<int>(starts);
        var words = new EdgeLabels();
        count = first.Count;
        while (waiting.TryDequeue(out var node) && seen.Count < MaximumCounted)
        {
            foreach (var edge in reader.EdgesOf(node, up: false))
            {
                var label = words.Of(reader, edge);
                if (label.IsAttested && ReachRules.Default.Passes(Protocol.Lineage.EdgeNames.ToName(label.Kind), advisory.Class, label.IsTokenizer) && seen.Add(reader.ChildOf(edge)))
                {
                    waiting.Enqueue(reader.ChildOf(edge));
                    if (!reader.IsDigest(reader.ChildOf(edge)))
                    {
                        continue;
                    }

                    count++;
                    if (first.Count < MaximumAffected)
                    {
                        first.Add(reader.KeyOf(reader.ChildOf(edge)));
                    }
                }
            }
        }

        return [.. first.Take(MaximumAffected)];
    }
}
