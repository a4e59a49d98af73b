using System.Text.Json.Nodes;
using Aixv.Protocol.Statements;
using Aixv.Sigstore.Json;
using Aixv.Track.Indexing;
using Aixv.Track.Storage;

namespace Aixv.Track.Webhooks;

/// <summary>An address that is told of events. Its secret is not part of it: entries are for ever, secrets are not.</summary>
/// <param name="Events">Names of events; <c>attestation.*</c> is all of a group, <c>*</c> is all.</param>
internal sealed record Webhook(TrackId Id, Uri Url, IReadOnlyList<string> Events, string? Description, string Status)
{
    public byte[] ToContent(TrackId tenant) => SortedJson.Serialize(new JsonObject
    {
        ["id"] = Id.ToString(),
        ["tenant"] = tenant.ToString(),
        ["url"] = Url.OriginalString,
        ["events"] = new JsonArray([.. Events.Select(e => (JsonNode)e)]),
        ["description"] = Description,
        ["status"] = Status,
    });

    public static Webhook Read(StoredRecord record)
    {
        var json = JsonNode.Parse(record.Content.Span)!;
        return new Webhook(
            record.Id,
            new Uri(json["url"]!.GetValue<string>()),
            [.. json["events"]!.AsArray().Select(e => e!.GetValue<string>())],
            json["description"]?.GetValue<string>(),
            record.Status);
    }

    public bool Wants(string name) => Events.Any(pattern =>
        pattern == "*" || pattern == name || (pattern.EndsWith(".*", StringComparison.Ordinal) && name.StartsWith(pattern[..^1], StringComparison.Ordinal)));

    public JsonObject ToJson(StoredRecord stored) => new()
    {
        ["id"] = Id.ToString(),
        ["webhook_id"] = Id.ToString(),
        ["url"] = Url.OriginalString,
        ["events"] = new JsonArray([.. Events.Select(e => (JsonNode)e)]),
        ["description"] = Description,
        ["status"] = Status,
        ["created_at"] = Rfc3339.Format(stored.Created),
        ["updated_at"] = Rfc3339.Format(stored.Entry.Time),
    };
}
