using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;

namespace Aixv.Sigstore.Tests.Oidc;

/// <summary>Tokens in the right form; nobody here checks their signature.</summary>
internal static class TestTokens
{
    internal static readonly DateTimeOffset Now = new(2026, 8, 1, 12, 0, 0, TimeSpan.Zero);

    internal static JsonObject Claims(string issuer = "https://issuer.example") => new()
    {
        ["iss"] = issuer,
        ["sub"] = "user-1",
        ["aud"] = "sigstore",
        ["exp"] = Now.AddMinutes(10).ToUnixTimeSeconds(),
    };

    internal static JsonObject With(this JsonObject claims, string name, JsonNode? value)
    {
        claims[name] = value;
        return claims;
    }

    internal static string Encode(this JsonNode claims) =>
        $"{Part("{\"alg\":\"ES256\"}")}.{Part(claims.ToJsonString())}.{Part("signature")}";

    internal static string Part(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
