using System.Collections.Immutable;
using System.Globalization;
using System.Text;
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

    private static readonly (string Name, string Json)[] NoneOfModels =
        [("training_dataset_ids", "[]"), ("training_datasets", "[]"), ("parent_model_ids", "[]"), ("parent_models", "[]")];

    private static readonly (string Name, string Json)[] NoneOfDatasets = [("parent_dataset_ids", "[]"), ("parent_datasets", "[]")];
    private static readonly (string Name, string Json)[] NoneOfOthers = [("model_id", "null"), ("models", "[]"), ("dataset_ids", "[]"), ("datasets", "[]")];
    private (string Name, byte[] Json)[]? written;

    /// <summary>The tier of the protocol: described, identified or attested.</summary>
    public string Tier => Signature is not null ? "attested" : Hash is not null ? "identified" : "described";

    /// <summary>The members as <see cref="SortedJson"/> writes them, one by one: an entry and its answer both hold them.</summary>
    private (string Name, byte[] Json)[] Written => written ??= [.. Members.Select(member => (member.Key, SortedJson.Serialize(member.Value)))];

    /// <summary>What the entry says.</summary>
    public byte[] ToContent()
    {
        var members = new SortedMembers();
        foreach (var (name, json) in Written)
        {
            members.Raw(name, json);
        }

        var content = new SortedMembers().Text("agent", Agent.ToString()).Text("name", Name).Text("version", Version)
            .Raw("references", References.IsEmpty ? "[]"u8 : SortedJson.Serialize(new JsonArray([.. References.Select(reference => reference.ToContent())])))
            .Raw("members", members.ToBytes());
        if (Hash is not null)
        {
            content.Text("hash", Hash.Hex);
        }

        if (Members["format"] is { } format)
        {
            content.Raw("format", SortedJson.Serialize(format));
        }

        // The same attestation again is known by what it says, not by the bytes of its signature, which differ each time.
        content.Text("fingerprint", Digest.Of(content.ToBytes()).Hex).Text("id", Id.ToString()).Text("agent_form", AgentForm);
        if (Alias is { } alias)
        {
            content.Text(Attesting.Alias.Member, alias.ToString());
        }

        if (Signature is not null)
        {
            content.Raw("signature", SortedJson.Serialize(Signature.ToContent()));
        }

        return content.ToBytes();
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

    /// <summary>The documented record: the bytes of <see cref="ToJson"/>.</summary>
    public byte[] ToAnswer(StoredRecord stored, LogPlace log)
    {
        if (!References.IsEmpty || Signature is not null)
        {
            return SortedJson.Serialize(ToJson(stored, log));
        }

        var json = new SortedMembers();
        foreach (var (name, value) in Written)
        {
            json.Raw(name, value);
        }

        var (word, shown, receipt) = (RecordWords.Of(Type), ShownId.ToString(), stored.MadeBy.ToString());
        json.Text("agent_id", AgentForm).Text("agent_uuid", TrackId.Parse(AgentForm).ToString()).Text("created_at", Rfc3339.Format(stored.Created))
            .Text("digest", Hash?.ToString()).Text("hash", Hash?.Hex).Text("id", RecordWords.IdOf(Type, ShownId)).Text($"{word}_id", shown).Text("name", Name)
            .Text("receipt_id", receipt).Text("signature", null).Text("status", stored.Status).Text("tier", Tier).Text("version", Version);
        foreach (var (name, value) in NoReferences(Type))
        {
            json.Raw(name, Encoding.ASCII.GetBytes(value));
        }

        var place = log.ToBytes();
        var self = $"/v1/{word.Replace('_', '-')}s/{shown}";
        return json.Raw("log", place).Raw("transparency_log", place)
            .Raw("links", new SortedMembers().Text("artifact", Hash is null ? null : $"/v1/artifacts/{Hash}").Text("lineage", $"{self}/lineage")
                .Text("proof_bundle", $"/v1/receipts/{receipt}/proof-bundle").Text("receipt", $"/v1/receipts/{receipt}").Text("self", self).ToBytes())
            .ToBytes();
    }

    /// <summary>What stands for references where there are none.</summary>
    private static (string Name, string Json)[] NoReferences(RecordType type) => type switch
    {
        RecordType.Model => NoneOfModels,
        RecordType.Dataset => NoneOfDatasets,
        _ => NoneOfOthers,
    };

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
        /// <summary>The bytes of <see cref="ToJson"/>.</summary>
        public byte[] ToBytes() => new SortedMembers().Text("leaf_hash", LeafHash.ToString()).Number("leaf_index", Index)
            .Text("log_id", Log).Text("log_index", Index.ToString(CultureInfo.InvariantCulture)).ToBytes();

        public JsonObject ToJson() => new()
        {
            ["log_id"] = Log,
            ["leaf_index"] = Index,
            ["leaf_hash"] = LeafHash.ToString(),
            ["log_index"] = Index.ToString(CultureInfo.InvariantCulture),
        };
    }
}
