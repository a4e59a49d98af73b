using System.Buffers.Binary;

namespace Aixv.Sigstore.Certificates;

/// <summary>A CT log's promise to include a precertificate (RFC 6962 §3.2).</summary>
/// <param name="LogId">SHA-256 of the log's key, 32 bytes.</param>
/// <param name="Milliseconds">Since 1970.</param>
/// <param name="Extensions">Verbatim; Static-CT logs put the leaf's index here.</param>
/// <param name="HashAlgorithm">RFC 5246 §7.4.1.4.1: 4 is SHA-256, 5 SHA-384, 6 SHA-512.</param>
/// <param name="SignatureAlgorithm">RFC 5246: 1 is RSA, 3 ECDSA.</param>
internal sealed record SignedCertificateTimestamp(
    ReadOnlyMemory<byte> LogId, ulong Milliseconds, ReadOnlyMemory<byte> Extensions, byte HashAlgorithm, byte SignatureAlgorithm, ReadOnlyMemory<byte> Signature)
{
    internal const string ExtensionOid = "1.3.6.1.4.1.11129.2.4.2";

    internal DateTimeOffset Time => DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Min(Milliseconds, 253402300799999UL));

    /// <summary>Reads the SignedCertificateTimestampList of the embedded extension.</summary>
    /// <exception cref="FormatException">Lengths that do not add up, or a version other than 1.</exception>
    internal static IReadOnlyList<SignedCertificateTimestamp> ParseList(ReadOnlyMemory<byte> list)
    {
        var outer = new TlsReader(list);
        var items = new TlsReader(outer.Vector16());
        outer.RequireEnd();
        var scts = new List<SignedCertificateTimestamp>();
        while (items.HasData)
        {
            scts.Add(Parse(items.Vector16()));
        }

        return scts;
    }

    private static SignedCertificateTimestamp Parse(ReadOnlyMemory<byte> encoded)
    {
        var reader = new TlsReader(encoded);
        if (reader.Take(1).Span[0] != 0)
        {
            throw new FormatException("SCT: only version 1 is supported");
        }

        var logId = reader.Take(32);
        var time = BinaryPrimitives.ReadUInt64BigEndian(reader.Take(8).Span);
        var extensions = reader.Vector16();
        var algorithms = reader.Take(2);
        var signature = reader.Vector16();
        reader.RequireEnd();
        return new SignedCertificateTimestamp(logId, time, extensions, algorithms.Span[0], algorithms.Span[1], signature);
    }

    private sealed class TlsReader(ReadOnlyMemory<byte> rest)
    {
        private ReadOnlyMemory<byte> rest = rest;

        internal bool HasData => !rest.IsEmpty;

        internal ReadOnlyMemory<byte> Take(int length)
        {
            if (rest.Length < length)
            {
                throw new FormatException($"SCT: {length} bytes expected, {rest.Length} left");
            }

            var taken = rest[..length];
            rest = rest[length..];
            return taken;
        }

        internal ReadOnlyMemory<byte> Vector16() => Take(BinaryPrimitives.ReadUInt16BigEndian(Take(2).Span));

        internal void RequireEnd()
        {
            if (HasData)
            {
                throw new FormatException($"SCT: {rest.Length} bytes too many");
            }
        }
    }
}
