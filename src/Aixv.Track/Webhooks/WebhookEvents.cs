using System.Text.Json.Nodes;
using Aixv.Protocol.Statements;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Json;
using Aixv.Track.Advisories;
using Aixv.Track.Hosting;
using Aixv.Track.Indexing;
using Aixv.Track.Lineage;
using Aixv.Track.Tenants;

namespace Aixv.Track.Webhooks;

/// <summary>Which webhooks an entry concerns, and what they are told.</summary>
/// <remarks>A tenant is told of its own entries, of public advisories, and, as <c>impact.detected</c>, of advisories that reach something of its own.</remarks>
internal sealed class WebhookEvents(Registry registry, ArtifactGraph graph)
{
    public const string Impact = "impact.detected";
    private const int MaximumReached = 10_000;
    private const int MaximumTold = 100;

    public static byte[] Body(StoredEntry stored, string name, string id, JsonNode data) => SortedJson.Serialize(new JsonObject
    {
        ["id"] = id,
        ["event"] = name,
        ["type"] = name,
        ["created_at"] = Rfc3339.Format(stored.Entry.Time),
        ["tenant_id"] = stored.Entry.Tenant.ToString(),
        ["receipt_id"] = stored.Entry.Id.ToString(),
        ["log_index"] = stored.Index,
        ["data"] = data,
    });

    /// <summary>The deliveries of an entry to some webhooks, which are of one realm each.</summary>
    public async ValueTask<IReadOnlyList<WebhookQueue.Delivery>> OfAsync(
        StoredEntry stored, IReadOnlyList<(Realm Realm, Webhook Webhook)> webhooks, CancellationToken cancellationToken)
    {
        var found = new List<WebhookQueue.Delivery>();
        var entry = stored.Entry;
        var isPublic = stored.Frame.Salt.IsEmpty;
        var isAdvisory = entry.Kind == AdvisoryPublished.KindName;
        foreach (var (realm, webhook) in webhooks)
        {
            if (webhook.Wants(entry.Kind) && (realm == stored.Realm || (isPublic && isAdvisory)))
            {
                found.Add(Deliver(stored, realm, webhook, entry.Kind, JsonNode.Parse(entry.Content.Span)!));
            }

            if (isAdvisory && webhook.Wants(Impact) && (realm == stored.Realm || isPublic)
                && await ReachedAsync(realm, PublishedAdvisory.Read(entry.Content), cancellationToken) is { } impact)
            {
                found.Add(Deliver(stored, realm, webhook, Impact, impact));
            }
        }

        return found;
    }

    private static WebhookQueue.Delivery Deliver(StoredEntry stored, Realm realm, Webhook webhook, string name, JsonNode data)
    {
        var id = name == Impact ? $"{stored.Entry.Id}-impact" : stored.Entry.Id.ToString();
        return new WebhookQueue.Delivery(realm, webhook.Id, id, name, Body(stored, name, id, data), Attempts: 0, stored.Entry.Time);
    }

    /// <summary>What of the tenant's own the advisory names or lies above; null where nothing is.</summary>
    private async ValueTask<JsonObject?> ReachedAsync(Realm realm, PublishedAdvisory published, CancellationToken cancellationToken)
    {
        var own = TenantView.OfRealm(registry.Store, realm);
        var reader = (await graph.OpenAsync(own.AndPublic(), cancellationToken)).WithoutDescribed();
        var reached = new JsonArray();
        var count = 0;
        foreach (var digest in published.Advisory.Affected.Select(a => a.Digest).OfType<Digest>().Distinct())
        {
            var node = reader.Find(NodeKey.Of(digest));
            var all = node < 0 ? [] : reader.Walk(node, up: false, int.MaxValue).Take(MaximumReached).Select(r => (reader.KeyOf(r.Node), r.Depth));
            foreach (var (key, depth) in all.Prepend((NodeKey.Of(digest), 0)))
            {
                if (await IsOwnAsync(own, key, cancellationToken) && count++ < MaximumTold)
                {
                    reached.Add(new JsonObject { ["id"] = key.Text, ["depth"] = depth, ["from"] = digest.ToString() });
                }
            }
        }

        if (count == 0)
        {
            return null;
        }

        var json = published.Advisory.ToJson();
        json["record_id"] = published.RecordId;
        json["artifacts"] = reached;
        json["artifact_count"] = count;
        return json;
    }

    private static async ValueTask<bool> IsOwnAsync(TenantView own, NodeKey key, CancellationToken cancellationToken)
    {
        if (key.Id is { } id)
        {
            return await own.FindAsync(RecordType.Deployment, id, cancellationToken) is not null;
        }

        if (key.Digest is not { } digest)
        {
            return false;
        }

        var term = new IndexTerm("hash", digest.Hex);
        foreach (var type in (RecordType[])[RecordType.Model, RecordType.Dataset, RecordType.Deployment, RecordType.TrainingRun, RecordType.Attestation])
        {
            if ((await own.ListAsync(new RecordQuery { Type = type, Terms = [term], Limit = 1, Count = false }, cancellationToken)).Items.Count > 0)
            {
                return true;
            }
        }

        return false;
    }
}
