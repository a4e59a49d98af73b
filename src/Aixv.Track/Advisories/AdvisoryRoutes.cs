using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aixv.Protocol.Admission;
using Aixv.Protocol.Advisories;
using Aixv.Protocol.Records;
using Aixv.Protocol.Statements;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Trust;
using Aixv.Sigstore.Verification;
using Aixv.Track.Attesting;
using Aixv.Track.Hosting;
using Aixv.Track.Indexing;
using Aixv.Track.Keys;
using Aixv.Track.Log;
using Aixv.Track.Storage;
using Aixv.Transparency.Merkle;
using StoredRecord = Aixv.Track.Indexing.StoredRecord;

namespace Aixv.Track.Advisories;

/// <summary><c>/v1/advisories</c>: signed advisory records, verified whoever signed them, and the feed of them.</summary>
internal sealed class AdvisoryRoutes(IReadOnlyList<TrustedRoot> roots)
{
    private const int MaximumBody = 8 * 1024 * 1024;
    private const int MaximumContent = 900 * 1024;
    private readonly List<RecordVerifier> verifiers = [.. roots.Select(root => new RecordVerifier(new Verifier(root)))];

    public void Map(ApiRoutes routes) => routes
        .Post("/v1/advisories", Scope.AttestationsWrite, PublishAsync, MaximumBody)
        .Get("/v1/advisories", Scope.AttestationsRead, ListAsync)
        .Open("GET", "/v1/advisories/feed.json", AdvisoryFeedWriter.AnswerAsync)
        .Get("/v1/advisories/{id}", Scope.AttestationsRead, GetAsync);

    private async Task PublishAsync(ApiCall call)
    {
        using var body = await call.ReadJsonAsync();
        var (record, bundle) = (Part(body.RootElement, "record"), Part(body.RootElement, "bundle"));

        // A record's file is its canonical form, and so it stands in feeds.
        byte[] file = [.. SortedJson.Serialize(JsonNode.Parse(record.GetRawText())), (byte)'\n'];
        var bundleBytes = Encoding.UTF8.GetBytes(bundle.GetRawText());
        var verified = Verify(file, bundleBytes);
        var published = new PublishedAdvisory
        {
            Id = TrackId.New(call.Session.Now()),
            RecordId = verified.Record.Id.ToString(),
            Advisory = Advisory.Read(verified.Record.Payload),
            Record = Digest.Of(file),
            Bundle = Digest.Of(bundleBytes),
            Signature = SignatureEvidence.Of(verified.Evidence).ToJson(),
        };
        var content = published.ToContent();
        if (content.Length > MaximumContent)
        {
            throw ApiError.Schema("record: names more than an entry of the index holds");
        }

        switch (await call.Session.WriteAsync(AdvisoryPublished.KindName, content, [file, bundleBytes], cancellationToken: call.Cancelled))
        {
            case Written written:
                var made = new StoredRecord(call.Session.Tenant.Realm, RecordType.Advisory, published.Id, "published", written.Index, written.Entry.Time, written.Entry.Id, written.Entry);
                await Listing.AnswerAsync(call, published.ToJson(made, new AttestedRecord.LogPlace(call.Registry.Log.Origin, written.Index, written.LeafHash)), HttpStatusCode.Created);
                break;
            case Existing existing:
                var found = await call.Session.View.FindByIndexAsync(existing.Index, call.Cancelled) ?? throw new InvalidDataException("track: the index names an entry that is not there");
                await Listing.AnswerAsync(call, await ToJsonAsync(call, found));
                break;
            default:
                throw ApiError.Conflict($"the record {published.RecordId} is published already with other content; an update is a new record");
        }
    }

    private static JsonElement Part(JsonElement body, string name) => JsonInput.Find(body, name) switch
    {
        null => throw ApiError.InvalidInput(name, "is missing"),
        { ValueKind: JsonValueKind.Object } value => value,
        _ => throw ApiError.InvalidInput(name, "expected an object"),
    };

    private VerifiedRecord Verify(byte[] file, byte[] bundle)
    {
        RejectedRecord? last = null;
        foreach (var verifier in verifiers)
        {
            switch (verifier.VerifyAnySigner(file, bundle, RecordKinds.Advisory))
            {
                case VerifiedRecord verified:
                    return verified;
                case RejectedRecord { Reason: RecordRejection.RecordMalformed or RecordRejection.KindMismatch } malformed:
                    throw ApiError.Schema(malformed.Message);
                case RejectedRecord rejected:
                    last = rejected;
                    break;
            }
        }

        throw new ApiError(
            HttpStatusCode.UnprocessableEntity, "SIGNATURE_INVALID",
            last?.Message ?? "bundle: this server trusts no Sigstore instance (setting trusted_roots), so no signature can be verified");
    }

    private static async Task ListAsync(ApiCall call)
    {
        var (limit, offset) = (call.QueryNumber("limit", 50, 1, 100), call.QueryNumber("offset", 0, 0, int.MaxValue));
        var terms = new List<IndexTerm>();
        if (call.Query("artifact") is { } digest)
        {
            terms.Add(new IndexTerm("hash", RecordRoutes.Hash("artifact", digest)));
        }

        if (call.Query("advisory_id") is { } id)
        {
            terms.Add(new IndexTerm("advisory", id));
        }

        var page = await call.PublicView.ListAsync(
            new RecordQuery { Type = RecordType.Advisory, Terms = terms, Limit = limit, Offset = offset, Before = Cursor.Read(call) }, call.Cancelled);
        await Listing.AnswerAsync(call, "advisories", [.. page.Items.Select(item => PublishedAdvisory.Read(item.Content).ToJson(item, null))], page, limit, offset);
    }

    /// <summary>By this registry's id, or by the advisory's own: then its latest record.</summary>
    private static async Task GetAsync(ApiCall call)
    {
        var text = call.Route("id");
        var found = TrackId.TryParse(text, out var id) ? await call.PublicView.FindAsync(RecordType.Advisory, id, call.Cancelled) : null;
        if (found is null)
        {
            var page = await call.PublicView.ListAsync(new RecordQuery { Type = RecordType.Advisory, Terms = [new IndexTerm("advisory", text)], Limit = 1, Count = false }, call.Cancelled);
            found = page.Items is [var latest] ? latest : throw ApiError.NotFound($"there is no advisory {text}");
        }

        await Listing.AnswerAsync(call, await ToJsonAsync(call, found));
    }

    private static async ValueTask<JsonObject> ToJsonAsync(ApiCall call, StoredRecord stored)
    {
        AttestedRecord.LogPlace? place = null;
        if (await call.PublicView.FindEntryAsync(stored.MadeBy, call.Cancelled) is { } entry)
        {
            place = new AttestedRecord.LogPlace(call.Registry.Log.Origin, entry.Index, MerkleTree.HashLeaf(entry.Frame.Leaf.Span));
        }

        return PublishedAdvisory.Read(stored.Content).ToJson(stored, place);
    }
}
