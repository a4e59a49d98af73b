namespace Aixv.Protocol.Records;

/// <summary>A record as it lies on the disk.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Bytes">The file's bytes, which the bundle signs.</param>
/// <param name="Record">What they say.</param>
/// <param name="BundlePath">Where its bundle is, or null when it has none.</param>
public sealed record StoredRecord(string Path, ReadOnlyMemory<byte> Bytes, SignedRecord Record, string? BundlePath)
{
    /// <summary>Whether this call wrote the record; false when the same one was there already.</summary>
    public bool IsNew { get; init; }

    /// <summary>Reads a record and finds its bundle: as given, else as the record says, else beside the file.</summary>
    /// <exception cref="FormatException">Not a record; the message names the file.</exception>
    /// <exception cref="IOException">The disk failed, or there is no such file.</exception>
    public static StoredRecord Read(string path, string? bundlePath = null)
    {
        var bytes = BoundedFile.Read(path, SignedRecord.MaximumBytes);
        try
        {
            var record = SignedRecord.Parse(bytes);
            return new StoredRecord(path, bytes, record, bundlePath ?? FindBundle(path, record));
        }
        catch (FormatException e)
        {
            throw new FormatException($"{path}: {e.Message}", e);
        }
    }

    private static string? FindBundle(string path, SignedRecord record)
    {
        var folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!;
        var stated = record.SignatureBundlePath is { } relative ? System.IO.Path.Combine(folder, relative) : null;
        var beside = $"{path}.sigstore.json";
        return stated is not null && File.Exists(stated) ? stated : File.Exists(beside) ? beside : null;
    }
}
