using Aixv.Cli.Artifacts;
using Aixv.Protocol.Receipts;
using Aixv.Sigstore.Scitt;

namespace Aixv.Cli.Receipts;

/// <summary>A receipt as a user names it: JSON, or the transparent statement made of the same data.</summary>
/// <param name="Path">As the user wrote it.</param>
/// <param name="Bytes">The file.</param>
/// <param name="Transparent">The statement, where the file is COSE.</param>
internal sealed record ReceiptFile(string Path, ReadOnlyMemory<byte> Bytes, TransparentStatement? Transparent)
{
    /// <summary>CBOR tag 18 in one byte: no JSON begins with it.</summary>
    private const byte CoseTag = 0xd2;

    /// <exception cref="CommandFailure">The file is missing or too large.</exception>
    /// <exception cref="FormatException">It begins as COSE and is no transparent statement.</exception>
    public static ReceiptFile Read(App app, string path)
    {
        var bytes = ArtifactFile.Read(app, "receipt", path, Receipt.MaximumBytes);
        return new ReceiptFile(path, bytes, bytes is [CoseTag, ..] ? TransparentStatement.Parse(bytes) : null);
    }
}
