using System.Text.Json.Nodes;
using Aixv.Protocol.Statements;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Json;
using Aixv.Track.Agents;
using Aixv.Track.Attesting;
using Aixv.Track.Hosting;
using Aixv.Track.Indexing;
using Aixv.Track.Keys;
using Aixv.Track.Log;
using Aixv.Track.Storage;

namespace Aixv.Track.Receipts;

/// <summary><c>/v1/receipts</c>: every entry of the tenant, of whatever kind, with its proof.</summary>
internal sealed class ReceiptRoutes(ProofBundles bundles)
{
    private const int MaximumReason = 1024;
    private const int MaximumDocument = 5 * 1024 * 1024;

    public void Map(ApiRoutes routes) => routes
        .Get("/v1/receipts", Scope.ReceiptsRead, ListAsync)
        .Post("/v1/receipts/search", Scope.ReceiptsRead, SearchAsync)
        .Open("POST", "/v1/receipts/verify", ReceiptVerdict.AnswerAsync, MaximumDocument)
        .Get("/v1/receipts/{id}", Scope.ReceiptsRead, GetAsync)
        .Open("GET", "/v1/receipts/{id}/proof-bundle", bundles.AnswerAsync)
        .Post("/v1/receipts/{id}/revoke", Scope.ReceiptsWrite, RevokeAsync);

    private static async Task GetAsync(ApiCall call) => await call.AnswerKeptAsync(
        call.ViewWith(Scope.ReceiptsRead),
        async () => SortedJson.Serialize(await ReceiptDocument.WithProofAsync(call, await FindAsync(call))),
        await call.Registry.ProvenUnderAsync(call.Cancelled));

    /// <summary>The receipt that the path names: the tenant's own, or a public one.</summary>
    /// <exception cref="ApiError">There is none.</exception>
    public static async ValueTask<StoredReceipt> FindAsync(ApiCall call) =>
        await call.ViewWith(Scope.ReceiptsRead).FindReceiptAsync(call.RouteId("id"), call.Cancelled) ?? throw ApiError.NotFound($"there is no receipt {call.Route("id")}");

    private static async Task ListAsync(ApiCall call)
    {
        var terms = new List<IndexTerm>();
        Add(terms, "kind", call.Query("receipt_type") is { } type ? ReceiptTypes.KindOf(type) : null);
        Add(terms, "agent", call.Query("agent_id") is { } agent ? (await AgentFinding.IdOfAsync(call, Ids.Parse("agent_id", agent))).ToString() : null);
        await AnswerAsync(call, new ReceiptQuery
        {
            Terms = terms,
            State = ReceiptTypes.ParseState(call.Query("status")),
            From = Time("from", call.Query("from")),
            To = Time("to", call.Query("to")),
            Before = Cursor.Read(call),
            Limit = call.QueryNumber("limit", 20, 1, 100),
            Offset = call.QueryNumber("offset", 0, 0, int.MaxValue),
        }, call.Query("issuer_id"));
    }

    private static async Task SearchAsync(ApiCall call)
    {
        var request = await RequestObject.ReadAsync(call, allowEmpty: true);
        var terms = new List<IndexTerm>();
        Add(terms, "kind", request.Text("receipt_type") is { } type ? ReceiptTypes.KindOf(type) : null);
        if (request.Text("index_key", 32) is { } key)
        {
            terms.Add(new IndexTerm(key, request.RequiredText("index_value")));
        }

        var query = new ReceiptQuery
        {
            Terms = terms,
            State = ReceiptTypes.ParseState(request.Text("status")),
            From = request.Time("from_date") ?? request.Time("from"),
            To = request.Time("to_date") ?? request.Time("to"),
            Limit = (int)(request.Number("limit", 1, 100) ?? 20),
            Offset = (int)(request.Number("offset", 0, int.MaxValue) ?? 0),
        };
        await AnswerAsync(call, Words(query, terms, request.Text("q"), request.Text("subject")), request.Text("issuer_id"));
    }

    /// <summary>What is looked for by a word: an id, a digest, or the beginning of a name.</summary>
    private static ReceiptQuery Words(ReceiptQuery query, List<IndexTerm> terms, string? q, string? subject)
    {
        foreach (var word in (string?[])[subject, q])
        {
            if (word is null)
            {
                continue;
            }

            if (TrackId.TryParse(word, out var id))
            {
                query = query with { Record = id };
            }
            else if (Digest.TryParse(word, out var digest))
            {
                terms.Add(new IndexTerm("hash", digest.Hex));
            }
            else
            {
                query = query with { Prefix = new IndexTerm("word", word.ToLowerInvariant()) };
            }
        }

        return query;
    }

    private static void Add(List<IndexTerm> terms, string field, string? value)
    {
        if (value is not null)
        {
            terms.Add(new IndexTerm(field, value));
        }
    }

    private static DateTimeOffset? Time(string name, string? text) => text switch
    {
        null => null,
        _ when Rfc3339.TryParse(text, out var time) => time,
        _ => throw ApiError.InvalidInput(name, "expected a time as 2026-01-31T12:00:00Z"),
    };

    private static async Task AnswerAsync(ApiCall call, ReceiptQuery query, string? issuer)
    {
        // The only issuer whose receipts a tenant lists is the tenant.
        var page = issuer is null || (TrackId.TryParse(issuer, out var id) && id == call.Session.Tenant.Id)
            ? await call.Session.View.ListReceiptsAsync(query, call.Cancelled)
            : new ReceiptPage([], 0, null);
        var items = new JsonArray([.. page.Items.Select(item => ReceiptDocument.Of(call, item))]);
        await Listing.AnswerAsync(call, "receipts", items, new RecordPage([], page.Total, page.Next), query.Limit, query.Offset);
    }

    private static async Task RevokeAsync(ApiCall call)
    {
        var id = call.RouteId("id");
        var stored = await call.Session.View.FindReceiptAsync(id, call.Cancelled) ?? throw ApiError.NotFound($"there is no receipt {call.Route("id")}");
        if (stored.Type == RecordType.Receipt || stored.Entry.Entry.Kind == RecordStatusChanged.KindName)
        {
            throw ApiError.Conflict("a revocation is not revoked");
        }

        var request = await RequestObject.ReadAsync(call, allowEmpty: true);
        var reason = request.Text("reason", MaximumReason) ?? "unspecified";
        var content = new JsonObject { ["receipt"] = id.ToString(), ["reason"] = reason };
        if (stored is { Record: { } record, Type: RecordType.Model or RecordType.Dataset or RecordType.Deployment or RecordType.TrainingRun or RecordType.Attestation })
        {
            content["record"] = record.ToString();
            content["record_type"] = stored.Type == RecordType.Attestation ? "attestation" : RecordWords.Of(stored.Type.Value);
        }

        var outcome = await call.Session.WriteAsync(ReceiptRevoked.KindName, SortedJson.Serialize(content), cancellationToken: call.Cancelled);
        if (outcome is Unmet unmet)
        {
            throw ApiError.Conflict($"what the receipt attests is {unmet.Status} already");
        }

        var now = await call.Session.View.FindReceiptAsync(id, call.Cancelled) ?? stored;
        var answer = ReceiptDocument.Of(call, now);
        answer["status_reason"] = reason;
        answer["revoked_at"] = outcome is Written written ? Rfc3339.Format(written.Entry.Time) : null;
        answer["revocation_receipt_id"] = outcome is Written receipt ? receipt.Entry.Id.ToString() : null;
        await Listing.AnswerAsync(call, answer);
    }
}
