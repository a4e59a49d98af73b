using System.Buffers.Text;
using System.Text.Json;
using Aixv.Sigstore.Json;
using Aixv.Sigstore.Signing;

namespace Aixv.Sigstore.Oidc;

/// <summary>An OIDC ID token, read but not verified: that is the certificate authority's part.</summary>
/// <remarks>Not a record: the token is a secret and must not be printed with the object.</remarks>
public sealed class IdentityToken
{
    /// <summary>The audience of tokens for Sigstore.</summary>
    public const string SigstoreAudience = "sigstore";

    private const int MaximumLength = 64 * 1024;

    private IdentityToken(string encoded) => Encoded = encoded;

    /// <summary>The token itself. Secret: whoever has it can sign in its subject's name until it expires.</summary>
    public string Encoded { get; }

    public required string Issuer { get; init; }

    public required string Subject { get; init; }

    public string? Email { get; private init; }

    /// <summary>Whether the issuer says that it verified <see cref="Email"/>.</summary>
    public bool EmailVerified { get; private init; }

    public required IReadOnlyList<string> Audiences { get; init; }

    public required DateTimeOffset Expires { get; init; }

    public string? Nonce { get; private init; }

    /// <summary>The text that the certificate authority wants signed as proof that the key is held: the e-mail address, else the subject.</summary>
    /// <exception cref="SigningException">The e-mail address is not verified.</exception>
    public string ProofSubject => Email switch
    {
        null or "" => Subject,
        _ when EmailVerified => Email,
        _ => throw new SigningException(
            $"identity token: the issuer {Issuer} has not verified the address {Email} (email_verified is not true); confirm it there and sign in again"),
    };

    public override string ToString() => $"identity token of {Email ?? Subject} by {Issuer}";

    /// <summary>Reads a token in the compact form (RFC 7519). The text is never part of the exception.</summary>
    /// <exception cref="FormatException">Not such a token, or a claim is missing or of the wrong type.</exception>
    public static IdentityToken Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var token = text.Trim();
        if (token.Length > MaximumLength)
        {
            throw new FormatException($"identity token: {token.Length} characters, at most {MaximumLength} are read");
        }

        var parts = token.Split('.');
        if (parts.Length != 3 || !parts.All(part => Base64Url.IsValid(part)))
        {
            throw new FormatException("identity token: not a signed JWT (expected three base64url parts with dots between them)");
        }

        try
        {
            using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[0]));
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]), new JsonDocumentOptions { AllowDuplicateProperties = false });
            return Read(token, header.RootElement.ValueKind == JsonValueKind.Object ? claims.RootElement : header.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The inner message may quote the token.
            throw new FormatException("identity token: not a JWT (a part is not JSON)");
        }
    }

    private static IdentityToken Read(string token, JsonElement claims)
    {
        if (claims.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("identity token: not a JWT (a part is not a JSON object)");
        }

        return new IdentityToken(token)
        {
            Issuer = Text(claims, "iss") ?? throw Missing("iss"),
            Subject = Text(claims, "sub") ?? throw Missing("sub"),
            Email = Text(claims, "email"),
            EmailVerified = claims.TryGetProperty("email_verified", out var verified)
                && (verified.ValueKind == JsonValueKind.True || (verified.ValueKind == JsonValueKind.String && verified.GetString() == "true")),
            Audiences = ReadAudiences(claims),
            Expires = ReadTime(claims, "exp"),
            Nonce = Text(claims, "nonce"),
        };
    }

    private static IReadOnlyList<string> ReadAudiences(JsonElement claims) => !claims.TryGetProperty("aud", out var aud) ? throw Missing("aud") : aud.ValueKind switch
    {
        JsonValueKind.String => [aud.GetString()!],
        JsonValueKind.Array => [.. aud.EnumerateArray().Where(a => a.ValueKind == JsonValueKind.String).Select(a => a.GetString()!)],
        JsonValueKind.Undefined or JsonValueKind.Object or JsonValueKind.Number
            or JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null => throw Missing("aud"),
    };

    private static DateTimeOffset ReadTime(JsonElement claims, string name)
    {
        if (!claims.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var seconds))
        {
            throw Missing(name);
        }

        return seconds is >= 0 and < 253_402_300_800
            ? DateTimeOffset.FromUnixTimeSeconds((long)seconds)
            : throw new FormatException($"identity token: the claim '{name}' is not a time");
    }

    private static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    private static FormatException Missing(string claim) => new($"identity token: the claim '{claim}' is missing or of the wrong type");

    /// <summary>Refuses a token that no certificate authority would take.</summary>
    /// <exception cref="SigningException">Meant for another audience, or expired.</exception>
    public IdentityToken Require(string audience, DateTimeOffset now)
    {
        if (!Audiences.Contains(audience))
        {
            throw new SigningException(
                $"identity token: it is for the audience '{string.Join("', '", Audiences)}', and '{audience}' is needed; "
                + $"ask the issuer {Issuer} for a token with that audience");
        }

        return now < Expires ? this : throw new SigningException(
            $"identity token: it expired at {Rfc3339.Format(Expires)} and it is {Rfc3339.Format(now)} now; get a new one from {Issuer}");
    }
}
