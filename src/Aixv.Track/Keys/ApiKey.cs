using System.Collections.Frozen;
using System.Text.Json;
using Aixv.Sigstore.Json;
using Aixv.Track.Hosting;
using Aixv.Track.Indexing;
using Aixv.Track.Storage;

namespace Aixv.Track.Keys;

/// <summary>What is known of an API key; never the key itself.</summary>
/// <param name="Hash">The SHA-256 of the key, lower-case hex.</param>
/// <param name="Shown">The key's first characters.</param>
internal sealed record ApiKey(
    TrackId Id, TrackId Tenant, string Name, FrozenSet<string> Scopes, string Hash, string Shown, DateTimeOffset? Expires, DateTimeOffset Created, bool IsRevoked)
{
    public const string ActiveStatus = "active";
    public const string RevokedStatus = "revoked";

    public bool IsGood(DateTimeOffset now) => !IsRevoked && !(Expires <= now);

    /// <summary>The content of the entry that makes the key.</summary>
    public ReadOnlyMemory<byte> ToContent() => JsonAnswer.Build(json =>
    {
        json.WriteString("id", Id.ToString());
        json.WriteString("tenant", Tenant.ToString());
        json.WriteString("name", Name);
        json.WriteStartArray("scopes");
        foreach (var scope in Scopes.Order(StringComparer.Ordinal))
        {
            json.WriteStringValue(scope);
        }

        json.WriteEndArray();
        json.WriteString("hash", Hash);
        json.WriteString("shown", Shown);
        if (Expires is { } end)
        {
            json.WriteString("expires_at", Rfc3339.Format(end));
        }
    });

    public static ApiKey Of(StoredRecord record)
    {
        using var document = JsonDocument.Parse(record.Content);
        var json = document.RootElement;
        return new ApiKey(
            record.Id,
            TrackId.Parse(json.GetProperty("tenant").GetString()!),
            json.GetProperty("name").GetString()!,
            json.GetProperty("scopes").EnumerateArray().Select(s => s.GetString()!).ToFrozenSet(StringComparer.Ordinal),
            json.GetProperty("hash").GetString()!,
            json.GetProperty("shown").GetString()!,
            json.TryGetProperty("expires_at", out var expires) && Rfc3339.TryParse(expires.GetString()!, out var end) ? end : null,
            record.Created,
            record.Status == RevokedStatus);
    }
}
