using System.Text.Json.Nodes;
using Aixv.Sigstore.Artifacts;
using Aixv.Track.Attestations;
using Aixv.Track.Attesting;
using Aixv.Track.Graphs;
using Aixv.Track.Hosting;
using Aixv.Track.Indexing;
using Aixv.Track.Keys;
using Aixv.Track.Storage;
using Aixv.Track.Tenants;

namespace Aixv.Track.Artifacts;

/// <summary><c>GET /v1/search?q=</c>: by id, digest, advisory, signer, or the beginning of a name.</summary>
internal static class SearchRoutes
{
    private static readonly RecordType[] Searched =
        [RecordType.Model, RecordType.Dataset, RecordType.Deployment, RecordType.TrainingRun, RecordType.Attestation, RecordType.Advisory];

    /// <summary>The type of nodes that nobody vouches for.</summary>
    public const string Described = "described";

    public static void Map(ApiRoutes routes) => routes.Open("GET", "/v1/search", AnswerAsync);

    private static async Task AnswerAsync(ApiCall call)
    {
        var q = call.Query("q")?.Trim() ?? throw ApiError.InvalidInput("q", "is missing");
        if (q.Length is 0 or > 1024)
        {
            throw ApiError.InvalidInput("q", "expected 1 to 1024 characters");
        }

        var limit = call.QueryNumber("limit", 20, 1, 100);
        var type = call.Query("type");
        await Listing.AnswerAsync(call, await FindAsync(
            call.ViewWith(Scope.AttestationsRead), q, type is null ? Searched : type == Described ? [] : [TypeOf(type)], type is null or Described, limit, call.Cancelled));
    }

    /// <summary>What a page of results shows.</summary>
    public static ValueTask<JsonObject> FindAsync(TenantView view, string q, int limit, CancellationToken cancellationToken) =>
        FindAsync(view, q, Searched, true, limit, cancellationToken);

    private static async ValueTask<JsonObject> FindAsync(TenantView view, string q, RecordType[] types, bool described, int limit, CancellationToken cancellationToken)
    {
        var found = new Dictionary<TrackId, StoredRecord>();
        foreach (var type in types)
        {
            if (TrackId.TryParse(q, out var id) && await view.FindAsync(type, id, cancellationToken) is { } named)
            {
                found.TryAdd(named.Id, named);
            }

            foreach (var query in Queries(q, type, limit))
            {
                foreach (var item in (await view.ListAsync(query, cancellationToken)).Items)
                {
                    found.TryAdd(item.Id, item);
                }
            }
        }

        // What somebody vouches for comes first.
        var known = described ? await DescribedResults.FindAsync(view, q, limit, cancellationToken) : [];
        var items = new JsonArray([.. found.Values.OrderByDescending(r => r.Index).Select(Describe).Concat(known).Take(limit)]);
        return new JsonObject { ["q"] = q, ["items"] = items, ["count"] = items.Count, ["truncated"] = found.Count + known.Count > limit };
    }

    private static IEnumerable<RecordQuery> Queries(string q, RecordType type, int limit)
    {
        var plain = new RecordQuery { Type = type, Limit = limit, Count = false };
        if (Digest.TryParse(q, out var digest))
        {
            yield return plain with { Terms = [new IndexTerm("hash", digest.Hex)] };
            yield break;
        }

        yield return plain with { Prefix = new IndexTerm("word", q.ToLowerInvariant()) };
        yield return plain with { Terms = [new IndexTerm("signer", Bounded.Text(q))] };
        if (type == RecordType.Advisory)
        {
            yield return plain with { Terms = [new IndexTerm("advisory", q)] };
        }
    }

    private static RecordType TypeOf(string word) => word switch
    {
        "model" => RecordType.Model,
        "dataset" => RecordType.Dataset,
        "deployment" => RecordType.Deployment,
        "training_run" => RecordType.TrainingRun,
        "attestation" => RecordType.Attestation,
        "advisory" => RecordType.Advisory,
        _ => throw ApiError.InvalidInput("type", "expected one of model, dataset, deployment, training_run, attestation, advisory, described"),
    };

    private static JsonObject Describe(StoredRecord stored)
    {
        var (word, json) = stored.Type switch
        {
            RecordType.Attestation => ("attestation", IndexedAttestation.Read(stored.Content).ToJson(stored, null)),
            RecordType.Advisory => ("advisory", Advisories.PublishedAdvisory.Read(stored.Content).ToJson(stored, null)),
            var type => (RecordWords.Of(type), AttestedRecord.Read(stored).ToJson(stored, null)),
        };
        json["type"] = word;
        if (stored.Type == RecordType.Attestation)
        {
            (json["digest"], json["name"]) = (json["artifact_digest"]!.DeepClone(), json["artifacts"]!.AsArray().Select(a => a!["name"]?.DeepClone()).FirstOrDefault(n => n is not null));
        }

        json["page"] = PageOf(stored, json);
        return json;
    }

    /// <summary>Of what a record is about; an advisory's is that of the first artifact that it names.</summary>
    private static string? PageOf(StoredRecord stored, JsonObject json)
    {
        var digest = stored.Type switch
        {
            RecordType.Attestation => json["artifact_digest"],
            RecordType.Advisory => json["affected"]!.AsArray().Select(target => target!["digest"]).FirstOrDefault(d => d is not null),
            _ => json["digest"],
        };
        return digest is not null ? Addresses.Of(NodeKey.Parse(digest.GetValue<string>()))
            : stored.Type == RecordType.Advisory ? null
            : Addresses.Of(NodeKey.Of(stored.Id));
    }
}
