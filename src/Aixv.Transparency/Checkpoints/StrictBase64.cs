using System.Buffers.Text;

namespace Aixv.Transparency.Checkpoints;

/// <summary>RFC 4648 §4 base64 with padding, and only the one canonical spelling of every byte string: no white space, no stray bits.</summary>
internal static class StrictBase64
{
    internal static byte[]? Decode(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text.Length % 4 != 0)
        {
            return null;
        }

        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        if (Base64.DecodeFromUtf8(text, bytes, out var read, out var written) != System.Buffers.OperationStatus.Done || read != text.Length)
        {
            return null;
        }

        Array.Resize(ref bytes, written);
        var again = new byte[text.Length];
        return Base64.EncodeToUtf8(bytes, again, out _, out var length) == System.Buffers.OperationStatus.Done
            && again.AsSpan(0, length).SequenceEqual(text) ? bytes : null;
    }
}
