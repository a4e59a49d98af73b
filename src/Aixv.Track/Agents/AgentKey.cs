using System.Buffers.Text;
using Aixv.Track.Hosting;
using Aixv.Transparency.Keys;

namespace Aixv.Track.Agents;

/// <summary>The public key that an agent uploads. The server never has, makes or asks for a private one.</summary>
internal static class AgentKey
{
    private const int Ed25519Length = 32;

    /// <summary>Reads PEM, or 32 bytes of Ed25519 or a SubjectPublicKeyInfo in base64 or base64url.</summary>
    /// <returns>The key as PEM.</returns>
    /// <exception cref="ApiError">A private key, or no key.</exception>
    public static string Parse(string text)
    {
        if (text.Contains("PRIVATE KEY", StringComparison.Ordinal))
        {
            throw ApiError.InvalidInput("public_key", "is a private key; keep it, replace it since it was sent, and send the public one");
        }

        try
        {
            return Read(text).ToPem();
        }
        catch (FormatException e)
        {
            throw ApiError.InvalidInput("public_key", $"expected a public key as PEM, or in base64 32 bytes of Ed25519 or a SubjectPublicKeyInfo ({e.Message})");
        }
    }

    private static PublicKey Read(string text)
    {
        if (text.Contains("-----BEGIN", StringComparison.Ordinal))
        {
            return PublicKey.FromPem(text);
        }

        var bytes = Base64Url.DecodeFromChars(text.Trim().TrimEnd('=').Replace('+', '-').Replace('/', '_'));
        return bytes.Length == Ed25519Length ? PublicKey.FromEd25519(bytes) : PublicKey.FromSpki(bytes);
    }
}
