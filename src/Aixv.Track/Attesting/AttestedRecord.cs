using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aixv.Protocol.Statements;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Json;
using Aixv.Track.Indexing;
using Aixv.Track.Storage;
using Aixv.Transparency.Merkle;

namespace Aixv.Track.Attesting;

/// <summary>Something that an agent attested, as an entry holds it.</summary>
internal sealed record AttestedRecord
{
    public required RecordType Type { get; init; }

    public required TrackId Id { get; init; }

    /// <summary>The id that the caller chose; null where the server's own is the only one.</summary>
    public TrackId? Alias { get; init; }

    /// <summary>The id that answers show.</summary>
    public TrackId ShownId => Alias ?? Id;

    public required TrackId Agent { get; init; }

    /// <summary>The agent's id as the caller wrote it.</summary>
    public required string AgentForm { get; init; }

    public required string Name { get; init; }

    public required string Version { get; init; }

    /// <summary>Null for what is only described.</summary>
    public Digest? Hash { get; init; }

    public ImmutableArray<Reference> References { get; init; } = [];

    /// <summary>The agent's verified signature; null without one.</summary>
    public VerifiedSignature? Signature { get; init; }

    /// <summary>What else its type has: <c>framework</c>, <c>metrics</c>, …; names and values as requests and answers have them. Do not change it.</summary>
    public required JsonObject Members { get; init; }

    /// <summary>The tier of the protocol: described, identified or attested.</summary>
    public string Tier => Signature is not null ? "attested" : Hash is not null ? "identified" : "described";

    /// <summary>What the entry says.</summary>
    public byte[] ToContent()
    {
        var json = Describe();
        // The same attestation again is known by what it says, not by the bytes of its signature, which differ each time.
        json["fingerprint"] = Digest.Of(SortedJson.Serialize(json)).Hex;
        json["id"] = Id.ToString();
        json["agent_form"] = AgentForm;
        Attesting.Alias.Write(json, Alias);
        if (Signature is not null)
        {
            json["signature"] = Signature.ToContent();
        }

        return SortedJson.Serialize(json);
    }

    private JsonObject Describe()
    {
        var json = new JsonObject
        {
            ["agent"] = Agent.ToString(),
            ["name"] = Name,
            ["version"] = Version,
            ["references"] = new JsonArray([.. References.Select(reference => reference.ToContent())]),
            ["members"] = Members.DeepClone(),
        };
        if (Hash is not null)
        {
            json["hash"] = Hash.Hex;
        }

        if (Members["format"] is { } format)
        {
            json["format"] = format.DeepClone();
        }

        return json;
    }

    public static AttestedRecord Read(StoredRecord record)
    {
        using var document = JsonDocument.Parse(record.Content);
        var json = document.RootElement;
        return new AttestedRecord
        {
            Type = record.Type,
            Id = record.Id,
            Alias = Attesting.Alias.Read(json),
            Agent = TrackId.Parse(json.GetProperty("agent").GetString()!),
            AgentForm = json.GetProperty("agent_form").GetString()!,
            Name = json.GetProperty("name").GetString()!,
            Version = json.GetProperty("version").GetString()!,
            Hash = json.TryGetProperty("hash", out var hash) ? Digest.Parse(hash.GetString()!) : null,
            References = [.. json.GetProperty("references").EnumerateArray().Select(Reference.Read)],
            Signature = json.TryGetProperty("signature", out var signature) ? VerifiedSignature.Read(signature) : null,
            Members = JsonNode.Parse(json.GetProperty("members").GetRawText())!.AsObject(),
        };
    }

    /// <summary>The documented record: the union of both halves of the documentation.</summary>
    /// <param name="log">Where the entry is; null leaves it out.</param>
    public JsonObject ToJson(StoredRecord stored, LogPlace? log)
    {
        var json = Members.DeepClone().AsObject();
        var word = RecordWords.Of(Type);
        json["id"] = RecordWords.IdOf(Type, ShownId);
        json[$"{word}_id"] = ShownId.ToString();
        json["agent_id"] = AgentForm;
        json["agent_uuid"] = TrackId.Parse(AgentForm).ToString();
        json["name"] = Name;
        json["version"] = Version;
        json["hash"] = Hash?.Hex;
        json["digest"] = Hash?.ToString();
        json["status"] = stored.Status;
        json["tier"] = Tier;
        json["receipt_id"] = stored.MadeBy.ToString();
        json["created_at"] = Rfc3339.Format(stored.Created);
        json["signature"] = Signature?.ToJson();
        AddReferences(json);
        json["log"] = log?.ToJson();
        json["transparency_log"] = log?.ToJson();
        json["links"] = new JsonObject
        {
            ["self"] = $"/v1/{word.Replace('_', '-')}s/{ShownId}",
            ["lineage"] = $"/v1/{word.Replace('_', '-')}s/{ShownId}/lineage",
            ["receipt"] = $"/v1/receipts/{stored.MadeBy}",
            ["proof_bundle"] = $"/v1/receipts/{stored.MadeBy}/proof-bundle",
            ["artifact"] = Hash is null ? null : $"/v1/artifacts/{Hash}",
        };
        return json;
    }

    /// <summary>Ids are echoed in the form that the caller used; both forms are beside them.</summary>
    private void AddReferences(JsonObject json)
    {
        var datasets = References.Where(r => r.Type == RecordType.Dataset).ToList();
        var models = References.Where(r => r.Type == RecordType.Model).ToList();
        switch (Type)
        {
            case RecordType.Model:
                json["training_dataset_ids"] = Forms(datasets);
                json["training_datasets"] = Both(datasets, "dataset_id");
                json["parent_model_ids"] = Forms(models);
                json["parent_models"] = Both(models, "model_id");
                break;
            case RecordType.Dataset:
                json["parent_dataset_ids"] = Forms(datasets);
                json["parent_datasets"] = Both(datasets, "dataset_id");
                break;
            default:
                json["model_id"] = models.Count == 1 ? models[0].Form : null;
                json["models"] = Both(models, "model_id");
                json["dataset_ids"] = Forms(datasets);
                json["datasets"] = Both(datasets, "dataset_id");
                break;
        }
    }

    private static JsonArray Forms(IEnumerable<Reference> references) => new([.. references.Select(r => (JsonNode)r.Form)]);

    private static JsonArray Both(IEnumerable<Reference> references, string name) => new([.. references.Select(r => new JsonObject
    {
        ["id"] = RecordWords.IdOf(r.Type, r.ShownId),
        [name] = r.ShownId.ToString(),
        ["relationship"] = r.Relationship,
        ["hash"] = r.Hash?.Hex,
    })]);

    /// <summary>Where an entry is in the log.</summary>
    internal sealed record LogPlace(string Log, long Index, MerkleHash LeafHash)
    {
        public JsonObject ToJson() => new()
        {
            ["log_id"] = Log,
            ["leaf_index"] = Index,
            ["leaf_hash"] = LeafHash.ToString(),
            ["log_index"] = Index.ToString(CultureInfo.InvariantCulture),
        };
    }
}
