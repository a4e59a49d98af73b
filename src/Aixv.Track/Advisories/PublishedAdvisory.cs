using System.Text.Json;
using System.Text.Json.Nodes;
using Aixv.Protocol.Advisories;
using Aixv.Protocol.Statements;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Json;
using Aixv.Track.Attesting;
using Aixv.Track.Indexing;
using Aixv.Track.Storage;

namespace Aixv.Track.Advisories;

/// <summary>A signed advisory record, verified when it came, as an entry holds it.</summary>
internal sealed record PublishedAdvisory
{
    public required TrackId Id { get; init; }

    /// <summary>The record's own id.</summary>
    public required string RecordId { get; init; }

    public required Advisory Advisory { get; init; }

    /// <summary>Of the record's file, which is kept beside the entry.</summary>
    public required Digest Record { get; init; }

    /// <summary>Of the bundle, which is kept beside the entry.</summary>
    public required Digest Bundle { get; init; }

    /// <summary>Who signed and when, as it was verified.</summary>
    public required JsonObject Signature { get; init; }

    public string Signer => Signature["signer"]!["subject"]!.GetValue<string>();

    public DateTimeOffset? SignedAt => Signature["integrated_time"] is { } time && Rfc3339.TryParse(time.GetValue<string>(), out var read) ? read : null;

    public byte[] ToContent() => SortedJson.Serialize(new JsonObject
    {
        ["id"] = Id.ToString(),
        ["record_id"] = RecordId,
        ["advisory"] = Advisory.ToJson(),
        ["record"] = Record.ToString(),
        ["bundle"] = Bundle.ToString(),
        ["signature"] = Signature.DeepClone(),
    });

    public static PublishedAdvisory Read(ReadOnlyMemory<byte> content)
    {
        var json = JsonNode.Parse(content.Span)!.AsObject();
        return new PublishedAdvisory
        {
            Id = TrackId.Parse(json["id"]!.GetValue<string>()),
            RecordId = json["record_id"]!.GetValue<string>(),
            Advisory = Advisory.Read(json["advisory"]!.DeepClone().AsObject()),
            Record = Digest.Parse(json["record"]!.GetValue<string>()),
            Bundle = Digest.Parse(json["bundle"]!.GetValue<string>()),
            Signature = json["signature"]!.DeepClone().AsObject(),
        };
    }

    /// <param name="log">Where its entry is in this registry's log; null leaves it out.</param>
    public JsonObject ToJson(StoredRecord stored, AttestedRecord.LogPlace? log)
    {
        var json = Advisory.ToJson();
        json["id"] = Id.ToString();
        json["record_id"] = RecordId;
        json["class"] = JsonNamingPolicy.KebabCaseLower.ConvertName(Advisory.Class.ToString());
        json["signer"] = Signature["signer"]!.DeepClone();
        json["signed_at"] = Signature["integrated_time"]?.DeepClone();
        json["receipt_id"] = stored.MadeBy.ToString();
        json["created_at"] = Rfc3339.Format(stored.Created);
        json["log"] = log?.ToJson();
        json["links"] = new JsonObject { ["self"] = $"/v1/advisories/{Id}", ["receipt"] = $"/v1/receipts/{stored.MadeBy}" };
        return json;
    }
}
