using System.Text.Json;
using Aixv.Authority.Hosting;

namespace Aixv.Authority.Federation;

/// <summary>The claims of a token whose signature, issuer, audience and time are verified.</summary>
internal sealed class TokenClaims(JsonElement payload)
{
    private const int MaximumLength = 4096;

    public string Issuer => Required("iss");

    public string Subject => Required("sub");

    /// <summary>True, or the text <c>true</c> that some issuers write.</summary>
    public bool EmailIsVerified => payload.TryGetProperty("email_verified", out var value)
        && (value.ValueKind == JsonValueKind.True || (value.ValueKind == JsonValueKind.String && value.ValueEquals("true"u8)));

    /// <summary>A text or number claim as text, or null when absent or empty.</summary>
    /// <exception cref="ApiError">Neither, or too long.</exception>
    public string? Find(string name)
    {
        if (!payload.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Null or JsonValueKind.Undefined =>
                throw ApiError.Unauthenticated($"the token's claim '{name}' is not text"),
        };
        return text.Length switch
        {
            0 => null,
            > MaximumLength => throw ApiError.Unauthenticated($"the token's claim '{name}' is longer than {MaximumLength} characters"),
            _ => text,
        };
    }

    /// <exception cref="ApiError">Absent.</exception>
    public string Required(string name) => Find(name) ?? throw ApiError.Unauthenticated($"the token has no claim '{name}'");
}
