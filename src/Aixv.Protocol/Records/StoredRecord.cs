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

    /// <summary>Reads a record and finds its bundle: as given, else beside the file, else as the record says.</summary>
    /// <exception cref="FormatException">Not a record; the message names the file.</exception>
    /// <exception cref="IOException">The disk failed, or there is no such file.</exception>
    public static StoredRecord Read(string path, string? bundlePath = null)
    {
        var bytes = BoundedFile.Read(path, SignedRecord.MaximumBytes);
        try
        {
            var record = SignedRecord.Parse(bytes);
            return new StoredRecord(path, bytes, record, bundlePath ?? BundlePlace.Find(path, record.SignatureBundlePath));
        }
        catch (FormatException e)
        {
            throw new FormatException($"{path}: {e.Message}", e);
        }
    }
}
