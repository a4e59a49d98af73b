using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aixv.Protocol.Receipts;
using Aixv.Sigstore.Json;
using Aixv.Track.Attesting;
using Aixv.Track.Hosting;
using Aixv.Track.Indexing;
using Aixv.Track.Keys;
using Aixv.Track.Storage;
using Aixv.Track.Tenants;
using Aixv.Transparency.Proofs;

namespace Aixv.Track.Receipts;

/// <summary>
/// <c>POST /v1/receipts/verify</c>: by id, or a whole receipt in the body. What is in the body is verified as <c>aixv receipt verify</c> does it, with
/// this log's key; the server adds what only it knows, whether the entry still stands.
/// </summary>
internal static class ReceiptVerdict
{
    public static async Task AnswerAsync(ApiCall call)
    {
        using var body = await call.ReadJsonAsync();
        var json = body.RootElement;
        var whole = json.TryGetProperty("statement", out _) ? json
            : JsonInput.Find(json, "receipt") is { ValueKind: JsonValueKind.Object } inner ? inner
            : default(JsonElement?);
        if (whole is { } document)
        {
            await AnswerAsync(call, document);
            return;
        }

        var text = JsonInput.Text(json, "receipt_id") ?? JsonInput.Text(json, "receiptId") ?? throw ApiError.InvalidInput("receipt_id", "is missing; or send a whole receipt as the body");
        var id = Ids.Parse("receipt_id", text);
        if (await ViewOf(call).FindReceiptAsync(id, call.Cancelled) is not { } stored)
        {
            await WriteAsync(call, new JsonObject { ["receipt_id"] = text, ["verdict"] = "NOT_FOUND", ["reason"] = "no such receipt is known here" });
            return;
        }

        var receipt = await call.Registry.IssueReceiptAsync(stored.Entry, call.Cancelled);
        await WriteAsync(call, Judge(receipt, Verify(call, receipt), stored));
    }

    /// <summary>Everybody may ask; what is private is known only to who may read receipts.</summary>
    private static TenantView ViewOf(ApiCall call) => call.Caller?.May(Scope.ReceiptsRead) == true ? call.PublicView : call.Registry.PublicView;

    private static ReceiptResult Verify(ApiCall call, Receipt receipt) =>
        ReceiptVerifier.Verify(receipt, new ReceiptTrust([TrustedLogKey.Of(call.Registry.Log.Verifier, KeyLife.Unlimited)], WitnessPolicy.None), call.Registry.Time.GetUtcNow());

    private static async Task AnswerAsync(ApiCall call, JsonElement document)
    {
        Receipt receipt;
        try
        {
            receipt = Receipt.Parse(Encoding.UTF8.GetBytes(document.GetRawText()));
        }
        catch (FormatException e)
        {
            throw ApiError.Schema(e.Message);
        }

        var result = Verify(call, receipt);
        var stored = result is VerifiedReceipt { Statement.Id: { } text } && TrackId.TryParse(text, out var id)
            ? await ViewOf(call).FindReceiptAsync(id, call.Cancelled)
            : null;
        await WriteAsync(call, Judge(receipt, result, stored));
    }

    private static JsonObject Judge(Receipt receipt, ReceiptResult result, StoredReceipt? stored)
    {
        var statement = TryRead(receipt);
        var json = new JsonObject
        {
            ["receipt_id"] = statement?.Id,
            ["receipt_type"] = statement?.Kind,
            ["issuer_id"] = statement?.Content["tenant"]?.DeepClone(),
            ["issued_at"] = statement is null ? null : Rfc3339.Format(statement.Time),
        };
        switch (result)
        {
            case RejectedReceipt rejected:
                json["verdict"] = VerdictOf(rejected.Reason);
                json["reason"] = $"{JsonNamingPolicy.KebabCaseLower.ConvertName(rejected.Reason.ToString())}: {rejected.Detail}";
                break;
            case VerifiedReceipt verified:
                json["verdict"] = stored?.State == ReceiptState.Revoked ? "REVOKED" : "VALID";
                json["reason"] = stored is null ? "the proof holds; whether the entry still stands is not known to the caller" : null;
                json["status"] = stored is null ? null : ReceiptTypes.WordOf(stored.State);
                json["log"] = new JsonObject
                {
                    ["log_id"] = verified.Checkpoint.Origin,
                    ["leaf_index"] = (long)receipt.Proof.Index,
                    ["tree_size"] = (long)verified.Checkpoint.Size,
                    ["witnesses"] = verified.Witnesses.Length,
                };
                break;
        }

        return json;
    }

    private static string VerdictOf(ReceiptRejectionReason reason) => reason switch
    {
        ReceiptRejectionReason.LogKeyInactive => "KEY_INACTIVE",
        ReceiptRejectionReason.LogKeyCompromised => "KEY_COMPROMISED",
        ReceiptRejectionReason.Malformed or ReceiptRejectionReason.StatementMalformed or ReceiptRejectionReason.LeafMismatch or ReceiptRejectionReason.LogUnknown
            or ReceiptRejectionReason.CheckpointSignatureInvalid or ReceiptRejectionReason.InclusionProofInvalid or ReceiptRejectionReason.WitnessMissing
            or ReceiptRejectionReason.TimeInvalid => "INVALID_SIGNATURE",
    };

    private static ReceiptStatement? TryRead(Receipt receipt)
    {
        try
        {
            return ReceiptStatement.Parse(receipt.Statement);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static Task WriteAsync(ApiCall call, JsonObject json)
    {
        json["valid"] = json["verdict"]!.GetValue<string>() == "VALID";
        json["verified_at"] = Rfc3339.Format(DateTimeOffset.FromUnixTimeMilliseconds(call.Registry.Time.GetUtcNow().ToUnixTimeMilliseconds()));
        return Listing.AnswerAsync(call, json);
    }
}
