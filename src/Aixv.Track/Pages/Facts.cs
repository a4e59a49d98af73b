using System.Text.Json.Nodes;

namespace Aixv.Track.Pages;

/// <summary>Pieces that several pages show, made of the same JSON that the API answers.</summary>
internal static class Facts
{
    private const int ShortDigest = 19;

    public static string? Text(JsonNode? json) => json is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static long Number(JsonNode? json) => json is JsonValue value ? value.TryGetValue<long>(out var number) ? number : value.TryGetValue<int>(out var small) ? small : 0 : 0;

    public static bool IsTrue(JsonNode? json) => json is JsonValue value && value.TryGetValue<bool>(out var isTrue) && isTrue;

    public static IEnumerable<JsonObject> Each(JsonNode? json) => json is JsonArray list ? list.OfType<JsonObject>() : [];

    /// <summary><c>sha256:</c> and the first digits, for where the whole is a click away.</summary>
    public static string Shorten(string digest) => digest.Length > ShortDigest && digest.StartsWith("sha256:", StringComparison.Ordinal) ? digest[..ShortDigest] + "…" : digest;

    /// <summary>What a node is called, else its digest or id.</summary>
    public static string NameOf(JsonObject node) => Text(node["name"]) is { Length: > 0 } name ? name : Shorten(Text(node["digest"]) ?? Text(node["id"]) ?? "unnamed");

    public static Html Tier(string? tier) => new Html().Add($"<span class=\"tier tier-{tier ?? "described"}\">{tier ?? "described"}</span>");

    public static Html Link(JsonObject node)
    {
        var html = new Html();
        return Text(node["page"]) is { } page ? html.Add($"<a href=\"{page}\"><bdi>{NameOf(node)}</bdi></a>") : html.Add($"<bdi>{NameOf(node)}</bdi>");
    }

    public static Html Signer(JsonNode? signer)
    {
        var html = new Html();
        if (signer is not JsonObject known)
        {
            return html;
        }

        html.Add($"<bdi>{Text(known["identity"]) ?? Text(known["subject"])}</bdi>");
        return Text(known["issuer"]) is { } issuer ? html.Add($" <small>by <bdi>{issuer}</bdi></small>") : html;
    }

    public static Html Time(JsonNode? time) => Text(time) is { } text ? new Html().Add($"<time datetime=\"{text}\">{text}</time>") : new Html();

    public static Html Digest(string digest) => new Html().Add($"<code class=\"digest\">{digest}</code>");

    /// <summary>A term of a list of facts; nothing where nothing is known.</summary>
    public static void Fact(Html html, string term, Html value)
    {
        if (value.ToString().Length > 0)
        {
            html.Add($"<dt>{term}</dt><dd>{value}</dd>\n");
        }
    }

    public static Html Of(string? text) => text is null ? new Html() : new Html().Add($"<bdi>{text}</bdi>");
}
