using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Aixv.Protocol.Receipts;
using Aixv.Sigstore.Json;
using Aixv.Track.Indexing;
using Aixv.Track.Storage;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Keys;

namespace Aixv.Track.Receipts;

/// <summary>
/// The documented bundle <c>receipt-v1</c>. Its documentation leaves bytes open; here the signature is the log key's over the statement's bytes,
/// and the bundle's hash is SHA-256 of its canonical JSON (RFC 8785) without the hash. docs/receipts.md says so.
/// </summary>
internal static class ReceiptV1Bundle
{
    private const int Ed25519Length = 32;

    public static JsonObject Build(StoredReceipt stored, Receipt receipt, JsonObject facts, SigningKey logKey, DateTimeOffset now)
    {
        var key = Key(receipt);
        var bundle = new JsonObject
        {
            ["bundle_id"] = TrackId.New(now).ToString(),
            ["bundle_version"] = "receipt-v1",
            ["generated_at"] = Rfc3339.Format(now),
            ["receipt"] = Facts(facts, receipt, logKey),
            ["key"] = key,
            ["issuer_key"] = key.DeepClone(),
            ["transparency_log"] = Log(stored, receipt),
        };
        bundle["bundle_hash_b64url"] = Text(SHA256.HashData(CanonicalJson.Serialize(bundle)));
        return bundle;
    }

    private static JsonObject Facts(JsonObject facts, Receipt receipt, SigningKey logKey)
    {
        var json = new JsonObject();
        foreach (var name in (ReadOnlySpan<string>)["receipt_id", "receipt_type", "receipt_version", "status", "issued_at", "issuer_id", "tenant_id", "subject", "payload_hash"])
        {
            json[name] = facts[name]?.DeepClone();
        }

        json["canonical_payload"] = Text(receipt.Statement.Span);
        json["signature"] = new JsonObject
        {
            ["alg"] = "Ed25519",
            ["kid"] = KeyId(receipt),
            ["value"] = Text(logKey.Sign(receipt.Statement.Span)),
        };
        return json;
    }

    private static JsonObject Key(Receipt receipt) => new()
    {
        ["kid"] = KeyId(receipt),
        ["alg"] = "Ed25519",
        ["public_key_b64url"] = RawKey(receipt),
        ["status"] = receipt.LogKey.Life.CompromisedAt is null ? "ACTIVE" : "COMPROMISED",
        ["valid_from"] = Time(receipt.LogKey.Life.ValidFrom),
        ["valid_to"] = Time(receipt.LogKey.Life.ValidTo),
        ["compromised_at"] = Time(receipt.LogKey.Life.CompromisedAt),
    };

    private static JsonObject Log(StoredReceipt stored, Receipt receipt)
    {
        var note = receipt.Proof.Checkpoint;
        var checkpoint = Checkpoint.Parse(note.Text.Span);
        var signature = note.Signatures.First(s => s.KeyId.Span.SequenceEqual(receipt.LogKey.Verifier.KeyId.Span));
        return new JsonObject
        {
            ["log_id"] = checkpoint.Origin,
            ["inclusion_proof"] = new JsonObject
            {
                ["leaf_index"] = stored.Entry.Index,
                ["leaf_b64url"] = Text(receipt.Leaf.ToBytes()),
                ["leaf_salt_b64url"] = receipt.Salt.IsEmpty ? null : Text(receipt.Salt.Span),
                ["leaf_hash_b64url"] = Text(receipt.Leaf.ToMerkleHash().Span),
                ["audit_path_b64url"] = new JsonArray([.. receipt.Proof.Hashes.Select(hash => (JsonNode)Text(hash.Span))]),
                ["hash_alg"] = "SHA-256",
            },
            ["checkpoint"] = new JsonObject
            {
                ["tree_size"] = (long)checkpoint.Size,
                ["root_hash_b64url"] = Text(checkpoint.Root.Span),
                ["issued_at"] = null,
                ["note"] = Encoding.UTF8.GetString(note.ToBytes()),
                ["signed_b64url"] = Text(note.Text.Span),
                ["signature_b64url"] = Text(signature.Signature.Span),
                ["signing_pubkey_b64url"] = RawKey(receipt),
                ["signature_alg"] = "Ed25519",
            },
        };
    }

    private static string KeyId(Receipt receipt) => $"{receipt.LogKey.Verifier.Name}+{Convert.ToHexStringLower(receipt.LogKey.Verifier.KeyId.Span)}";

    /// <summary>The SubjectPublicKeyInfo of Ed25519 ends with the key (RFC 8410 §4).</summary>
    private static string RawKey(Receipt receipt) => Text(receipt.LogKey.Verifier.Key.Spki.Span[^Ed25519Length..]);

    private static string? Time(DateTimeOffset? time) => time is { } given ? Rfc3339.Format(given) : null;

    private static string Text(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);
}
