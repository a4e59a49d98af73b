using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aixv.Protocol.Receipts;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Json;
using Aixv.Track.Attesting;
using Aixv.Track.Hosting;
using Aixv.Track.Indexing;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Merkle;

namespace Aixv.Track.Receipts;

/// <summary>A receipt as the API shows it. What proves it offline is the proof bundle.</summary>
internal static class ReceiptDocument
{
    /// <summary>The facts, without a proof: what lists have.</summary>
    public static JsonObject Of(ApiCall call, StoredReceipt stored)
    {
        var (entry, frame) = (stored.Entry.Entry, stored.Entry.Frame);
        var log = new AttestedRecord.LogPlace(call.Registry.Log.Origin, stored.Entry.Index, MerkleTree.HashLeaf(frame.Leaf.Span));
        var payload = JsonNode.Parse(entry.Content.Span)!.AsObject();
        return new JsonObject
        {
            ["id"] = entry.Id.ToString(),
            ["receipt_id"] = entry.Id.ToString(),
            ["rcpt_id"] = $"rcpt_{entry.Id.ToUlid()}",
            ["receipt_type"] = entry.Kind,
            ["receipt_version"] = "1.0.0",
            ["status"] = ReceiptTypes.WordOf(stored.State),
            ["issued_at"] = Rfc3339.Format(entry.Time),
            ["tenant"] = entry.Tenant.ToString(),
            ["tenant_id"] = entry.Tenant.ToString(),
            ["issuer_id"] = entry.Tenant.ToString(),
            ["actor"] = entry.Actor,
            ["agent_id"] = payload["agent"]?.DeepClone(),
            ["subject"] = SubjectOf(stored, payload),
            ["subject_type"] = stored.Type is { } type ? WordOf(type) : null,
            ["payload"] = payload,
            ["payload_hash"] = Digest.Of(entry.Content.Span).Hex,
            ["statement_hash"] = Digest.Of(entry.Statement.Span).Hex,
            ["attachments"] = new JsonArray([.. entry.Attachments.Select(a => (JsonNode)a.ToString())]),
            ["log"] = log.ToJson(),
            ["transparency_log"] = log.ToJson(),
            ["links"] = new JsonObject
            {
                ["self"] = $"/v1/receipts/{entry.Id}",
                ["proof_bundle"] = $"/v1/receipts/{entry.Id}/proof-bundle",
            },
        };
    }

    /// <summary>The facts with the proof under the log's latest checkpoint.</summary>
    public static async ValueTask<JsonObject> WithProofAsync(ApiCall call, StoredReceipt stored)
    {
        var json = Of(call, stored);
        var receipt = await call.Registry.IssueReceiptAsync(stored.Entry, call.Cancelled);
        json["transparency_log"] = Proof(receipt, json["log"]!.DeepClone().AsObject());
        return json;
    }

    private static JsonObject Proof(Receipt receipt, JsonObject json)
    {
        json["leaf"] = Encoding.ASCII.GetString(receipt.Leaf.ToBytes());
        json["salt"] = receipt.Salt.IsEmpty ? null : Convert.ToBase64String(receipt.Salt.Span);
        json["tree_size"] = (long)Checkpoint.Parse(receipt.Proof.Checkpoint.Text.Span).Size;
        json["hashes"] = new JsonArray([.. receipt.Proof.Hashes.Select(hash => (JsonNode)Convert.ToBase64String(hash.Span))]);
        json["checkpoint"] = receipt.Proof.Checkpoint.ToString();
        json["log_key"] = receipt.LogKey.Verifier.ToVerifierKey();
        return json;
    }

    /// <summary>What the entry made, else what it is about.</summary>
    public static string? SubjectOf(StoredReceipt stored, JsonObject payload) => (stored.Type, stored.Record) switch
    {
        (RecordType.Model or RecordType.Dataset or RecordType.Deployment or RecordType.TrainingRun, { } id) => RecordWords.IdOf(stored.Type.Value, id),
        (RecordType.Agent, { } id) => Ids.Agent(stored.Entry.Entry.Tenant, id),
        (_, { } id) => id.ToString(),
        _ => (payload["id"] ?? payload["receipt"]) is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null,
    };

    private static string WordOf(RecordType type) => type switch
    {
        RecordType.Model or RecordType.Dataset or RecordType.Deployment or RecordType.TrainingRun => RecordWords.Of(type),
        RecordType.Receipt => "receipt",
        RecordType.ApiKey => "api_key",
        _ => type.ToString().ToLowerInvariant(),
    };
}
