using System.Text.Json.Nodes;

namespace Aixv.Track.Keys;

/// <summary>The setting <c>issuers</c>: a list of objects <c>{issuer, audience, tenant | tenantClaim, scopeClaim, algorithms}</c>.</summary>
internal static class TokenIssuers
{
    private static readonly TokenIssuer Usual = new() { Issuer = "", Audience = "" };

    /// <exception cref="ArgumentException">Something else; the message names the place.</exception>
    public static IReadOnlyList<TokenIssuer> Read(JsonNode issuers) => issuers is JsonArray list
        ? [.. list.Select((issuer, i) => Read(issuer as JsonObject ?? throw new ArgumentException($"issuers[{i}]: expected an object"), $"issuers[{i}]"))]
        : throw new ArgumentException("issuers: expected a list");

    private static TokenIssuer Read(JsonObject json, string place)
    {
        string[] known = ["issuer", "audience", "tenant", "tenantClaim", "scopeClaim", "algorithms"];
        if (json.Select(m => m.Key).FirstOrDefault(n => !known.Contains(n)) is { } unknown)
        {
            throw new ArgumentException($"{place}.{unknown}: is not known (known: {string.Join(", ", known)})");
        }

        var issuer = new TokenIssuer
        {
            Issuer = Text("issuer") ?? throw new ArgumentException($"{place}.issuer: is missing"),
            Audience = Text("audience") ?? throw new ArgumentException($"{place}.audience: is missing"),
            Tenant = Text("tenant"),
            TenantClaim = Text("tenantClaim"),
            ScopeClaim = Text("scopeClaim") ?? Usual.ScopeClaim,
            Algorithms = json["algorithms"] is JsonArray algorithms ? [.. algorithms.Select(Algorithm)] : Usual.Algorithms,
        };
        if (!Uri.TryCreate(issuer.Issuer, UriKind.Absolute, out var url)
            || !(url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)))
        {
            throw new ArgumentException($"{place}.issuer: expected an https URL (http is for loopback addresses only)");
        }

        return issuer.Tenant is null != issuer.TenantClaim is null
            ? issuer
            : throw new ArgumentException($"{place}: expected one of tenant and tenantClaim");

        string? Text(string name) => json[name] switch
        {
            null => null,
            JsonValue value when value.TryGetValue<string>(out var text) && text.Length > 0 => text,
            _ => throw new ArgumentException($"{place}.{name}: expected text"),
        };

        string Algorithm(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) && Usual.Algorithms.Contains(text)
            ? text
            : throw new ArgumentException($"{place}.algorithms: expected some of {string.Join(", ", Usual.Algorithms)}");
    }
}
