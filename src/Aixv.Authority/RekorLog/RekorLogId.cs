using System.Security.Cryptography;
using System.Text;
using Aixv.Authority.Keys;

namespace Aixv.Authority.RekorLog;

/// <summary>The log id of Rekor v2: all 32 bytes of the C2SP key id, SHA-256(origin LF 0x01 key).</summary>
internal static class RekorLogId
{
    private const byte Ed25519Type = 1;

    public static byte[] Of(ServiceGeneration log)
    {
        var key = log.PublicKey.Spki.Span[^32..];
        return SHA256.HashData([.. Encoding.UTF8.GetBytes(log.Origin!), (byte)'\n', Ed25519Type, .. key]);
    }
}
