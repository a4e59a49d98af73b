using System.Text.Json;
using Aixv.Track.Indexing;
using Aixv.Track.Storage;

namespace Aixv.Track.Attesting;

/// <summary>An id that the caller chose for a record, beside the server's own: one of the tenant's, so two tenants may choose the same.</summary>
internal static class Alias
{
    public const string Member = "alias";

    /// <summary>What only one record of the tenant has.</summary>
    public static string KeyOf(RecordType type, TrackId alias) => $"alias/{(int)type}/{alias}";

    /// <summary>The id that a request chooses.</summary>
    /// <param name="names">The members that may hold it, in the order of preference.</param>
    /// <exception cref="Hosting.ApiError">Not an id.</exception>
    public static TrackId? Read(RequestObject request, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (request.Text(name) is { } text)
            {
                return Ids.Parse(name, text);
            }
        }

        return null;
    }

    /// <summary>As an entry holds it.</summary>
    public static TrackId? Read(JsonElement content) => content.TryGetProperty(Member, out var alias) ? TrackId.Parse(alias.GetString()!) : null;

    public static void Write(System.Text.Json.Nodes.JsonObject content, TrackId? alias)
    {
        if (alias is { } id)
        {
            content[Member] = id.ToString();
        }
    }
}
