using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;

namespace Aixv.Cli.Publishing.Folders;

/// <summary>Tells a file that was not downloaded to its end from a whole one, as far as the file itself says.</summary>
internal static class PartialDownload
{
    private const int MaximumHeader = 128 * 1024 * 1024;
    private static readonly string[] Endings = [".incomplete", ".part", ".partial", ".crdownload", ".download", ".aria2"];

    /// <summary>Whether a file's name says that its download did not end.</summary>
    public static bool HasName(string name) => Array.Exists(Endings, ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    /// <exception cref="CommandFailure">It is not whole.</exception>
    public static void Refuse(string shown, string path)
    {
        if (HasName(path))
        {
            throw new CommandFailure($"{shown} is a download that did not end, by its name: fetch it again");
        }

        foreach (var ending in Endings.Where(ending => File.Exists(path + ending)))
        {
            throw new CommandFailure($"{shown}: beside it lies {Path.GetFileName(path)}{ending}, so its download did not end: fetch it again");
        }

        if (path.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase) && SafetensorsEnd(path) is { } end && new FileInfo(path).ResolveLinkTarget(true) is var target
            && (target as FileInfo ?? new FileInfo(path)).Length is var length && length < end)
        {
            throw new CommandFailure(string.Create(CultureInfo.InvariantCulture, $"{shown} has {length} bytes, and its header says that it ends at {end}: the download did not end; fetch it again"));
        }
    }

    /// <summary>Where a safetensors file ends by its header; null where it has none that can be read.</summary>
    private static long? SafetensorsEnd(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Span<byte> head = stackalloc byte[8];
        if (file.ReadAtLeast(head, 8, throwOnEndOfStream: false) < 8 || BinaryPrimitives.ReadUInt64LittleEndian(head) is var stated && stated is < 2 or > MaximumHeader)
        {
            return null;
        }

        var size = (int)stated;
        if (8L + size > file.Length)
        {
            return file.ReadByte() == '{' ? 8L + size : null;
        }

        var header = new byte[size];
        file.ReadExactly(header);
        try
        {
            return 8L + size + LastOffset(header);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static long LastOffset(ReadOnlySpan<byte> header)
    {
        var reader = new Utf8JsonReader(header);
        long last = 0;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 2 && reader.ValueTextEquals("data_offsets"u8) && reader.Read() && reader.TokenType == JsonTokenType.StartArray)
            {
                while (reader.Read() && reader.TokenType == JsonTokenType.Number)
                {
                    last = reader.TryGetInt64(out var offset) ? Math.Max(last, offset) : last;
                }
            }
        }

        return last;
    }
}
