using System.Buffers.Binary;
using System.Buffers.Text;
using Aixv.Track.Hosting;

namespace Aixv.Track.Attesting;

/// <summary>Where a list goes on, as an opaque word.</summary>
internal static class Cursor
{
    private const int Length = 8;

    public static string Of(long before)
    {
        var bytes = new byte[Length];
        BinaryPrimitives.WriteInt64BigEndian(bytes, before);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>The <c>cursor</c> of a request; null without one.</summary>
    /// <exception cref="ApiError">Not one that this server gave.</exception>
    public static long? Read(ApiCall call)
    {
        if (call.Query("cursor") is not { } text)
        {
            return null;
        }

        var bytes = new byte[Length];
        return Base64Url.IsValid(text) && text.Length == 11 && Base64Url.TryDecodeFromChars(text, bytes, out var written) && written == Length && bytes[0] < 0x80
            ? BinaryPrimitives.ReadInt64BigEndian(bytes)
            : throw ApiError.InvalidInput("cursor", "is none that this server gave");
    }
}
