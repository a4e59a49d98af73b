using System.Buffers.Binary;
using System.Buffers.Text;
using Aixv.Track.Hosting;

namespace Aixv.Track.Graphs;

/// <summary>Where the neighbours of a node go on: the moment that the picture was of, and how many have been given. Pages do not shift when the graph grows.</summary>
internal static class GroupCursor
{
    private const int Length = 8;
    private const int Letters = 11;

    public static string Write(int moment, int skip)
    {
        Span<byte> bytes = stackalloc byte[Length];
        BinaryPrimitives.WriteInt32BigEndian(bytes, moment);
        BinaryPrimitives.WriteInt32BigEndian(bytes[4..], skip);
        return Base64Url.EncodeToString(bytes);
    }

    /// <exception cref="ApiError">None that this server gave.</exception>
    public static (int Moment, int Skip) Read(string? text, int now)
    {
        if (text is null)
        {
            return (now, 0);
        }

        var bytes = new byte[Length];
        return text.Length == Letters && Base64Url.IsValid(text) && Base64Url.TryDecodeFromChars(text, bytes, out var written) && written == Length && bytes[0] < 0x80 && bytes[4] < 0x80
            ? (BinaryPrimitives.ReadInt32BigEndian(bytes), BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(4)))
            : throw ApiError.InvalidInput("cursor", "is none that this server gave");
    }
}
