using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aixv.Protocol.Statements;
using Aixv.Sigstore.Bundles;
using Aixv.Sigstore.Json;
using Aixv.Track.Attesting;
using Aixv.Track.Hosting;
using Aixv.Track.Indexing;
using Aixv.Track.Keys;
using Aixv.Track.Log;
using Aixv.Track.Storage;
using Aixv.Transparency.Merkle;

namespace Aixv.Track.Attestations;

/// <summary><c>/v1/attestations</c>: Sigstore bundles, verified and indexed, whoever signed them.</summary>
internal sealed class AttestationRoutes(BundleReading reading)
{
    private const int MaximumBundle = 8 * 1024 * 1024;
    private const int MaximumContent = 900 * 1024;
    private const int MaximumReason = 1024;

    public void Map(ApiRoutes routes) => routes
        .Post("/v1/attestations", Scope.AttestationsWrite, PublishAsync, MaximumBundle)
        .Get("/v1/attestations", Scope.AttestationsRead, ListAsync)
        .Get("/v1/attestations/{id}", Scope.AttestationsRead, async call => await Listing.AnswerAsync(call, await ToJsonAsync(call, await FindAsync(call))))
        .Open("GET", "/v1/attestations/{id}/bundle", BundleAsync)
        .Post("/v1/attestations/{id}/revoke", Scope.AttestationsWrite, WithdrawAsync);

    private async Task PublishAsync(ApiCall call)
    {
        var (bundle, statement, key) = await ReadAsync(call);
        var attestation = reading.Read(bundle, key, statement, TrackId.New(call.Session.Now()));
        var content = attestation.ToContent();
        if (content.Length > MaximumContent)
        {
            throw ApiError.Schema("bundle: its statement names more than an entry of the index holds");
        }

        switch (await call.Session.WriteAsync(AttestationPublished.KindName, content, [bundle], cancellationToken: call.Cancelled))
        {
            case Written written:
                var made = new StoredRecord(call.Session.Tenant.Realm, RecordType.Attestation, attestation.Id, AttestationStatus.Active, written.Index, written.Entry.Time, written.Entry.Id, written.Entry);
                await Listing.AnswerAsync(call, attestation.ToJson(made, new AttestedRecord.LogPlace(call.Registry.Log.Origin, written.Index, written.LeafHash)), HttpStatusCode.Created);
                break;
            case Existing existing:
                var found = await call.Session.View.FindByIndexAsync(existing.Index, call.Cancelled) ?? throw new InvalidDataException("track: the index names an entry that is not there");
                await Listing.AnswerAsync(call, await ToJsonAsync(call, found));
                break;
            case Taken:
                throw ApiError.Conflict("this Idempotency-Key was used with another request");
            case var other:
                throw new InvalidDataException($"track: {other}");
        }
    }

    /// <summary>A bundle as the whole body, byte for byte, or in <c>{bundle, statement?, public_key?}</c>.</summary>
    private static async ValueTask<(ReadOnlyMemory<byte> Bundle, JsonObject? Statement, string? Key)> ReadAsync(ApiCall call)
    {
        var body = await call.ReadBodyAsync();
        if (!body.IsEmpty && !RequestBody.IsJson(call.Context.Request))
        {
            throw ApiError.MediaType("application/json");
        }

        using var document = RequestBody.ParseObject(body);
        var json = document.RootElement;
        if (!json.TryGetProperty("bundle", out var bundle))
        {
            return json.TryGetProperty("mediaType", out _) ? (body, null, null) : throw ApiError.InvalidInput("bundle", "is missing; or send a Sigstore bundle as the body");
        }

        if (bundle.ValueKind != JsonValueKind.Object)
        {
            throw ApiError.InvalidInput("bundle", "expected an object");
        }

        var statement = JsonInput.Find(json, "statement") switch
        {
            null => null,
            { ValueKind: JsonValueKind.Object } value => JsonNode.Parse(value.GetRawText())!.AsObject(),
            _ => throw ApiError.InvalidInput("statement", "expected an object"),
        };
        return (Encoding.UTF8.GetBytes(bundle.GetRawText()), statement, JsonInput.Text(json, "public_key"));
    }

    private static async Task ListAsync(ApiCall call)
    {
        var (limit, offset) = (call.QueryNumber("limit", 50, 1, 100), call.QueryNumber("offset", 0, 0, int.MaxValue));
        var terms = new List<IndexTerm>();
        if ((call.Query("artifact") ?? call.Query("digest")) is { } digest)
        {
            terms.Add(new IndexTerm("hash", RecordRoutes.Hash("artifact", digest)));
        }

        if (call.Query("predicate_type") is { } type)
        {
            terms.Add(new IndexTerm("predicate", Bounded.Text(type)));
        }

        if (call.Query("signer") is { } signer)
        {
            terms.Add(new IndexTerm("signer", Bounded.Text(signer)));
        }

        var status = call.Query("status");
        if (status is not null && !AttestationStatus.All.Contains(status))
        {
            throw ApiError.InvalidInput("status", $"expected one of {string.Join(", ", AttestationStatus.All)}");
        }

        var page = await call.Session.View.ListAsync(
            new RecordQuery { Type = RecordType.Attestation, Terms = terms, Statuses = status is null ? [] : [status], Limit = limit, Offset = offset, Before = Cursor.Read(call) },
            call.Cancelled);
        await Listing.AnswerAsync(call, "attestations", [.. page.Items.Select(item => IndexedAttestation.Read(item.Content).ToJson(item, null))], page, limit, offset);
    }

    /// <exception cref="ApiError">There is none: of the tenant, or public.</exception>
    private static async ValueTask<StoredRecord> FindAsync(ApiCall call) =>
        await call.ViewWith(Scope.AttestationsRead).FindAsync(RecordType.Attestation, call.RouteId("id"), call.Cancelled) ?? throw ApiError.NotFound($"there is no attestation {call.Route("id")}");

    private static async ValueTask<JsonObject> ToJsonAsync(ApiCall call, StoredRecord stored)
    {
        AttestedRecord.LogPlace? place = null;
        if (await call.PublicView.FindEntryAsync(stored.MadeBy, call.Cancelled) is { } entry)
        {
            place = new AttestedRecord.LogPlace(call.Registry.Log.Origin, entry.Index, MerkleTree.HashLeaf(entry.Frame.Leaf.Span));
        }

        return IndexedAttestation.Read(stored.Content).ToJson(stored, place);
    }

    private static async Task BundleAsync(ApiCall call)
    {
        var stored = await FindAsync(call);
        var bytes = await call.ViewWith(Scope.AttestationsRead).ReadAttachmentAsync(IndexedAttestation.Read(stored.Content).Bundle, call.Cancelled)
            ?? throw new InvalidDataException("track: the index names a bundle that is not there");
        var type = Bundle.Parse(bytes).Version == BundleVersion.V03 ? "application/vnd.dev.sigstore.bundle.v0.3+json" : "application/vnd.dev.sigstore.bundle+json";
        await call.AnswerAsync(bytes, contentType: type);
    }

    private static async Task WithdrawAsync(ApiCall call)
    {
        var id = call.RouteId("id");
        _ = await call.Session.View.FindAsync(RecordType.Attestation, id, call.Cancelled) ?? throw ApiError.NotFound($"there is no attestation {call.Route("id")}");
        var request = await RequestObject.ReadAsync(call, allowEmpty: true);
        var content = new JsonObject { ["id"] = id.ToString(), ["reason"] = request.Text("reason", MaximumReason) ?? "unspecified" };
        var outcome = await call.Session.WriteAsync(AttestationWithdrawn.KindName, SortedJson.Serialize(content), cancellationToken: call.Cancelled);
        if (outcome is Unmet unmet)
        {
            throw ApiError.Conflict($"the attestation is {unmet.Status}");
        }

        var answer = await ToJsonAsync(call, await FindAsync(call));
        answer["status_reason"] = content["reason"]!.DeepClone();
        answer["changed_at"] = outcome is Written written ? Rfc3339.Format(written.Entry.Time) : null;
        await Listing.AnswerAsync(call, answer);
    }
}
