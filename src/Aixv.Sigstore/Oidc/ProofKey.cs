using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Aixv.Sigstore.Oidc;

/// <summary>A PKCE code verifier and its S256 challenge (RFC 7636 §4).</summary>
internal sealed class ProofKey
{
    public string Verifier { get; } = RandomText();

    public string Challenge => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    /// <summary>256 random bits, base64url.</summary>
    internal static string RandomText() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
