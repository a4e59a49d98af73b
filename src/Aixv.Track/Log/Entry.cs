using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Aixv.Protocol.Receipts;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Json;
using Aixv.Track.Storage;

namespace Aixv.Track.Log;

/// <summary>One immutable fact of the registry. Everything else is computed from entries, in the log's order.</summary>
/// <param name="Id">The entry's id, and its receipt's.</param>
/// <param name="Tenant">The tenant's id.</param>
/// <param name="Kind">As <c>model.attested</c>.</param>
/// <param name="Time">When the server took it, in whole milliseconds.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="Content">One JSON object: what the kind says.</param>
/// <param name="Attachments">The SHA-256 of the bytes kept beside it.</param>
/// <param name="Statement">The bytes that a receipt is of: all of the above as one JSON object.</param>
internal sealed record Entry(
    TrackId Id,
    TrackId Tenant,
    string Kind,
    DateTimeOffset Time,
    string Actor,
    ReadOnlyMemory<byte> Content,
    ImmutableArray<Digest> Attachments,
    ReadOnlyMemory<byte> Statement)
{
    /// <summary>The longest statement, in bytes: what a receipt can hold.</summary>
    public const int MaximumBytes = Receipt.MaximumStatement;

    /// <exception cref="ArgumentException">The content is no JSON object.</exception>
    public static Entry Create(EntryDraft draft)
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds(draft.Time.ToUnixTimeMilliseconds());
        ImmutableArray<Digest> attachments = [.. draft.Attachments.Select(a => Digest.Of(a.Span))];
        var output = new ArrayBufferWriter<byte>(draft.Content.Length + 512);
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("actor", draft.Actor);
            json.WriteStartArray("attachments");
            foreach (var digest in attachments)
            {
                json.WriteStringValue(digest.ToString());
            }

            json.WriteEndArray();
            json.WritePropertyName("content");
            json.WriteRawValue(draft.Content.Span, skipInputValidation: false);
            json.WriteString("id", draft.Id.ToString());
            json.WriteString("kind", draft.Kind);
            json.WriteString("tenant", draft.Tenant.Id.ToString());
            json.WriteString("time", Rfc3339.Format(time));
            json.WriteEndObject();
        }

        return new Entry(draft.Id, draft.Tenant.Id, draft.Kind, time, draft.Actor, draft.Content, attachments, output.WrittenMemory);
    }

    /// <summary>Reads a statement back.</summary>
    /// <exception cref="InvalidDataException">Not a statement.</exception>
    public static Entry Parse(ReadOnlyMemory<byte> statement)
    {
        try
        {
            return Read(statement);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            throw new InvalidDataException($"track: a stored entry cannot be read: {e.Message}", e);
        }
    }

    private static Entry Read(ReadOnlyMemory<byte> statement)
    {
        using var document = JsonDocument.Parse(statement);
        var json = document.RootElement;
        var timeText = json.GetProperty("time").GetString()!;
        return new Entry(
            TrackId.Parse(json.GetProperty("id").GetString()!),
            TrackId.Parse(json.GetProperty("tenant").GetString()!),
            json.GetProperty("kind").GetString()!,
            Rfc3339.TryParse(timeText, out var time) ? time : throw new FormatException($"'{timeText}' is no time"),
            json.GetProperty("actor").GetString()!,
            Encoding.UTF8.GetBytes(json.GetProperty("content").GetRawText()),
            [.. json.GetProperty("attachments").EnumerateArray().Select(a => Digest.Parse(a.GetString()!))],
            statement);
    }
}
