using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aixv.Protocol.Lineage;
using Aixv.Protocol.Statements;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Json;
using Aixv.Track.Attesting;
using Aixv.Track.Indexing;
using Aixv.Track.Storage;

namespace Aixv.Track.Attestations;

/// <summary>A Sigstore bundle that was verified when it came, as an entry holds it: what it says, so that the index needs nothing but the entry.</summary>
internal sealed record IndexedAttestation
{
    /// <summary>Beyond these the leaf of a public entry would be too long.</summary>
    public const int MaximumAnnounced = 32;

    public required TrackId Id { get; init; }

    /// <summary>Of the bundle's bytes as they came, which are kept beside the entry.</summary>
    public required Digest Bundle { get; init; }

    /// <summary>Of the bundle's content, however it is written: the same again is known by it.</summary>
    public required Digest Fingerprint { get; init; }

    /// <summary>Null where the artifact itself was signed.</summary>
    public string? PredicateType { get; init; }

    /// <summary>Of the signed statement; null where the artifact itself was signed.</summary>
    public Digest? Statement { get; init; }

    public required ImmutableArray<StatedNode> Subjects { get; init; }

    public ImmutableArray<IndexEdge> Edges { get; init; } = [];

    /// <summary>Who signed, when, and which logs know of it, as it was verified.</summary>
    public required JsonObject Signature { get; init; }

    /// <summary>Of the trusted root that it was verified with.</summary>
    public required string TrustRoot { get; init; }

    public string Signer => Signature["signer"]!["subject"]!.GetValue<string>();

    public string? Issuer => Signature["signer"]!["issuer"]?.GetValue<string>();

    public byte[] ToContent()
    {
        var json = new JsonObject
        {
            ["id"] = Id.ToString(),
            ["bundle"] = Bundle.ToString(),
            ["fingerprint"] = Fingerprint.Hex,
            ["subjects"] = new JsonArray([.. Subjects.Select(ToJson)]),
            ["edges"] = new JsonArray([.. Edges.Select(edge => new JsonArray((JsonNode)edge.Source.Text, (JsonNode)edge.Relation, (JsonNode)edge.Target.Text))]),
            ["signature"] = Signature.DeepClone(),
            ["trust_root"] = TrustRoot,
        };
        if (PredicateType is not null)
        {
            json["predicate_type"] = PredicateType;
        }

        if (Statement is not null)
        {
            json["statement"] = Statement.ToString();
        }

        return SortedJson.Serialize(json);
    }

    private static JsonObject ToJson(StatedNode node)
    {
        var json = new JsonObject { ["digest"] = node.Digest?.ToString() };
        if (node.Name is not null)
        {
            json["name"] = node.Name;
        }

        if (node.Uri is not null)
        {
            json["uri"] = node.Uri;
        }

        return json;
    }

    public static IndexedAttestation Read(ReadOnlyMemory<byte> content)
    {
        using var document = JsonDocument.Parse(content);
        var json = document.RootElement;
        return new IndexedAttestation
        {
            Id = TrackId.Parse(json.GetProperty("id").GetString()!),
            Bundle = Digest.Parse(json.GetProperty("bundle").GetString()!),
            Fingerprint = Digest.Parse(json.GetProperty("fingerprint").GetString()!),
            PredicateType = Text(json, "predicate_type"),
            Statement = Text(json, "statement") is { } statement ? Digest.Parse(statement) : null,
            Subjects = [.. json.GetProperty("subjects").EnumerateArray().Select(s => new StatedNode(Digest.Parse(s.GetProperty("digest").GetString()!), Text(s, "uri"), Text(s, "name")))],
            Edges = [.. json.GetProperty("edges").EnumerateArray().Select(e => new IndexEdge(NodeKey.Parse(e[0].GetString()!), e[1].GetString()!, NodeKey.Parse(e[2].GetString()!)))],
            Signature = JsonNode.Parse(json.GetProperty("signature").GetRawText())!.AsObject(),
            TrustRoot = json.GetProperty("trust_root").GetString()!,
        };
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;

    /// <summary>The attestation as the API shows it.</summary>
    /// <param name="log">Where its entry is in this registry's log; null leaves it out.</param>
    public JsonObject ToJson(StoredRecord stored, AttestedRecord.LogPlace? log) => new()
    {
        ["id"] = Id.ToString(),
        ["attestation_id"] = Id.ToString(),
        ["status"] = stored.Status,
        ["tier"] = "attested",
        ["predicate_type"] = PredicateType,
        ["artifact_digest"] = Subjects[0].Digest!.ToString(),
        ["artifacts"] = new JsonArray([.. Subjects.Select(ToJson)]),
        ["bundle_digest"] = Bundle.ToString(),
        ["statement_digest"] = Statement?.ToString(),
        ["payload_hash"] = (Statement ?? Subjects[0].Digest)!.Hex,
        ["signer"] = Signature["signer"]!.DeepClone(),
        ["signed_at"] = Signature["integrated_time"]?.DeepClone(),
        ["log_entries"] = Signature["log_entries"]?.DeepClone() ?? new JsonArray(),
        ["trust_root"] = TrustRoot,
        ["lineage"] = new JsonArray([.. Edges.Select(EdgeWords.ToJson)]),
        ["receipt_id"] = stored.MadeBy.ToString(),
        ["created_at"] = Rfc3339.Format(stored.Created),
        ["issued_at"] = Rfc3339.Format(stored.Created),
        ["log"] = log?.ToJson(),
        ["log_id"] = log?.Log,
        ["leaf_index"] = log?.Index,
        ["log_index"] = log?.Index,
        ["links"] = new JsonObject
        {
            ["self"] = $"/v1/attestations/{Id}",
            ["bundle"] = $"/v1/attestations/{Id}/bundle",
            ["artifact"] = $"/v1/artifacts/{Subjects[0].Digest}",
            ["receipt"] = $"/v1/receipts/{stored.MadeBy}",
            ["proof_bundle"] = $"/v1/receipts/{stored.MadeBy}/proof-bundle",
        },
    };
}
