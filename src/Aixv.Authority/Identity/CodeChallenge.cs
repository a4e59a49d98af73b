using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Aixv.Authority.Identity;

/// <summary>PKCE (RFC 7636), method S256 only.</summary>
internal sealed record CodeChallenge
{
    private const int Length = 43;
    private readonly byte[] value;

    private CodeChallenge(byte[] value) => this.value = value;

    /// <summary>Reads <c>code_challenge</c> and <c>code_challenge_method</c>; null when there is none.</summary>
    /// <exception cref="OAuthError">Not an S256 challenge.</exception>
    public static CodeChallenge? Read(FormFields fields)
    {
        if (fields.Find("code_challenge") is not { } text)
        {
            return null;
        }

        return fields.Find("code_challenge_method") == "S256" && text.Length == Length && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            ? new CodeChallenge(Encoding.ASCII.GetBytes(text))
            : throw new OAuthError("invalid_request", "expected a code_challenge of 43 characters with code_challenge_method S256");
    }

    public bool IsAnsweredBy(string? verifier)
    {
        if (verifier is not { Length: >= 43 and <= 128 })
        {
            return false;
        }

        var answer = WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(answer), value);
    }
}
