using System.Globalization;
using Aixv.Sigstore.Cbor;

namespace Aixv.Sigstore.Cose;

/// <summary>Parameters that are a media type, or the number of a CoAP content format (RFC 9052 §3.1).</summary>
internal static class ContentTypes
{
    /// <summary>The media type, the number's digits, or null when the parameter is absent.</summary>
    /// <exception cref="FormatException">Something else.</exception>
    internal static string? Find(CoseHeaders headers, CoseLabel label) => headers.Reader(label) switch
    {
        null => null,
        { } reader when reader.Peek() == CborMajorType.Text => reader.ReadText(),
        { } reader => reader.ReadUnsigned().ToString(CultureInfo.InvariantCulture),
    };
}
