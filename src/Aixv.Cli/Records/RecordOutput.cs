using System.Text.Json.Nodes;
using Aixv.Protocol.Records;

namespace Aixv.Cli.Records;

/// <summary>Records outside a store, where the user wants them. Append-only all the same: what is there is not replaced.</summary>
internal static class RecordOutput
{
    /// <summary>Signs, then writes the record and its bundle, both or neither. The same record that is there already is kept, and signed if it was not.</summary>
    /// <exception cref="RecordConflictException">Something else is there.</exception>
    public static async Task<StoredRecord> WriteAsync(string path, SignedRecord record, RecordSigning? sign, CancellationToken cancellationToken)
    {
        var bundlePath = $"{path}.sigstore.json";
        if (File.Exists(path))
        {
            return await KeepAsync(path, bundlePath, record, sign, cancellationToken);
        }

        var bytes = (record with { SignatureBundlePath = sign is null ? null : Path.GetFileName(bundlePath) }).ToBytes();
        var bundle = sign is null ? (ReadOnlyMemory<byte>?)null : await sign(bytes, cancellationToken);
        return RecordFile.TryCreate(path, bytes, bundle)
            ? new StoredRecord(path, bytes, SignedRecord.Parse(bytes), bundle is null ? null : bundlePath) { IsNew = true }
            : throw Taken(path);
    }

    private static async Task<StoredRecord> KeepAsync(string path, string bundlePath, SignedRecord record, RecordSigning? sign, CancellationToken cancellationToken)
    {
        var found = StoredRecord.Read(path);
        if (found.Record.Kind != record.Kind || found.Record.Id != record.Id || !JsonNode.DeepEquals(found.Record.Payload, record.Payload))
        {
            throw Taken(path);
        }

        if (sign is null || found.BundlePath is not null)
        {
            return found;
        }

        var bundle = await sign(found.Bytes, cancellationToken);
        return NewFile.TryCreate(bundlePath, bundle) ? found with { BundlePath = bundlePath } : throw Taken(bundlePath);
    }

    private static RecordConflictException Taken(string path) =>
        new(path, $"{path} is there already with another content (records are append-only: choose another --output)");
}
