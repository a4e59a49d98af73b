using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Export.Dossiers;

/// <summary>UUIDs of version 5 (RFC 9562 §5.5): the same name is the same UUID, whoever makes it.</summary>
public static class NameUuid
{
    /// <summary>The namespace of all UUIDs that exports need: version 5 of <c>https://aixv.org/exports</c> among the URLs.</summary>
    public static Guid Exports { get; } = Of(new Guid("6ba7b811-9dad-11d1-80b4-00c04fd430c8"), "https://aixv.org/exports");

    /// <summary>The UUID of something in the export of an artifact.</summary>
    /// <param name="format">The format's id.</param>
    /// <param name="part">What in the document; empty for the document itself.</param>
    public static Guid Of(string format, Digest artifact, string part = "")
    {
        ArgumentNullException.ThrowIfNull(artifact);
        return Of(Exports, part.Length == 0 ? $"{format}\n{artifact}" : $"{format}\n{artifact}\n{part}");
    }

    [SuppressMessage("Security", "CA5350", Justification = "RFC 9562 §5.5 defines version 5 by SHA-1; nothing rests on it.")]
    public static Guid Of(Guid scope, string name)
    {
        var input = new byte[16 + Encoding.UTF8.GetByteCount(name)];
        scope.TryWriteBytes(input, bigEndian: true, out _);
        Encoding.UTF8.GetBytes(name, input.AsSpan(16));
        var hash = SHA1.HashData(input).AsSpan(0, 16);
        hash[6] = (byte)((hash[6] & 0x0f) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash, bigEndian: true);
    }
}
