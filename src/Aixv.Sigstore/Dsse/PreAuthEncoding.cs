using System.Globalization;
using System.Text;

namespace Aixv.Sigstore.Dsse;

/// <summary>DSSE v1 pre-authentication encoding: the bytes that an envelope's signature covers.</summary>
public static class PreAuthEncoding
{
    /// <summary><c>DSSEv1 SP len(type) SP type SP len(payload) SP payload</c>; lengths are decimal counts of UTF-8 bytes.</summary>
    public static byte[] Encode(string payloadType, ReadOnlySpan<byte> payload)
    {
        ArgumentNullException.ThrowIfNull(payloadType);
        var typeLength = Encoding.UTF8.GetByteCount(payloadType).ToString(CultureInfo.InvariantCulture);
        var head = Encoding.UTF8.GetBytes($"DSSEv1 {typeLength} {payloadType} {payload.Length.ToString(CultureInfo.InvariantCulture)} ");
        return [.. head, .. payload];
    }
}
