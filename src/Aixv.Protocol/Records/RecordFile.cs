namespace Aixv.Protocol.Records;

/// <summary>A record and its bundle beside it: both appear, or neither.</summary>
public static class RecordFile
{
    /// <summary>False when one of the two names is taken; then nothing was changed.</summary>
    /// <exception cref="IOException">The disk failed; nothing is left behind.</exception>
    public static bool TryCreate(string path, ReadOnlySpan<byte> record, ReadOnlyMemory<byte>? bundle)
    {
        var bundlePath = $"{path}.sigstore.json";
        if (bundle is { } signed && !NewFile.TryCreate(bundlePath, signed.Span))
        {
            return false;
        }

        var written = false;
        try
        {
            written = NewFile.TryCreate(path, record);
            return written;
        }
        finally
        {
            if (!written && bundle is not null)
            {
                File.Delete(bundlePath);
            }
        }
    }

    /// <summary>Removes a record that was just written, because the act that it was part of failed.</summary>
    public static void Withdraw(StoredRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (record.IsNew)
        {
            File.Delete(record.Path);
            File.Delete($"{record.Path}.sigstore.json");
        }
    }
}
