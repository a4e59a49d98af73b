using System.Text.Json;
using System.Text.Json.Nodes;
using Aixv.Sigstore.Artifacts;
using Aixv.Track.Indexing;
using Aixv.Track.Storage;

namespace Aixv.Track.Attesting;

/// <summary>What a record came from: another record, by its id, with the digest that it had then.</summary>
/// <param name="Form">The id as the caller wrote it.</param>
/// <param name="Relationship">As <c>trained_on</c>.</param>
/// <param name="Hash">Null for a record without a digest.</param>
internal sealed record Reference(RecordType Type, TrackId Id, string Form, string Relationship, Digest? Hash)
{
    /// <summary>The id that the caller named: the server's own, or the tenant's name for it.</summary>
    public TrackId ShownId => TrackId.Parse(Form);

    public static Reference Read(JsonElement json) => new(
        RecordWords.Parse(json.GetProperty("type").GetString()!),
        TrackId.Parse(json.GetProperty("id").GetString()!),
        json.GetProperty("form").GetString()!,
        json.GetProperty("relationship").GetString()!,
        json.TryGetProperty("hash", out var hash) ? Digest.Parse(hash.GetString()!) : null);

    public JsonObject ToContent()
    {
        var json = new JsonObject { ["type"] = RecordWords.Of(Type), ["id"] = Id.ToString(), ["form"] = Form, ["relationship"] = Relationship };
        if (Hash is not null)
        {
            json["hash"] = Hash.Hex;
        }

        return json;
    }
}
