using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Aixv.Sigstore.Json;

namespace Aixv.Sigstore.Bundles;

/// <summary>The proto3 JSON form of a <see cref="LogEntry"/>: in bundles, and as Rekor v2's answer.</summary>
public static class LogEntryJson
{
    private const int MaximumHashes = 64;

    /// <summary>Reads an entry.</summary>
    /// <exception cref="FormatException">A member is missing, unknown, or of the wrong type or sign.</exception>
    public static LogEntry Read(ProtoObject json)
    {
        json.Only("logIndex", "logId", "kindVersion", "integratedTime", "inclusionPromise", "inclusionProof", "canonicalizedBody");
        var kind = json.RequiredMessage("kindVersion").Only("kind", "version");
        var promise = json.Message("inclusionPromise")?.Only("signedEntryTimestamp").Bytes("signedEntryTimestamp");
        return new LogEntry
        {
            LogIndex = NotNegative(json, "logIndex"),
            LogId = json.RequiredMessage("logId").Only("keyId").RequiredBytes("keyId"),
            Kind = kind.RequiredText("kind"),
            Version = kind.RequiredText("version"),
            IntegratedTime = NotNegative(json, "integratedTime"),
            InclusionPromise = promise is { Length: > 0 } ? promise : default(ReadOnlyMemory<byte>?),
            Inclusion = json.Message("inclusionProof") is { } proof ? ReadInclusion(proof) : null,
            CanonicalizedBody = json.Bytes("canonicalizedBody") ?? [],
        };
    }

    private static LogInclusion ReadInclusion(ProtoObject json)
    {
        json.Only("logIndex", "rootHash", "treeSize", "hashes", "checkpoint");
        return new LogInclusion(
            NotNegative(json, "logIndex"),
            NotNegative(json, "treeSize"),
            json.Bytes("rootHash") ?? [],
            ReadHashes(json),
            json.Message("checkpoint")?.Only("envelope").Text("envelope") ?? "");
    }

    private static ImmutableArray<ReadOnlyMemory<byte>> ReadHashes(ProtoObject json)
    {
        var hashes = json.BytesList("hashes", MaximumHashes);
        var items = new ReadOnlyMemory<byte>[hashes.Count];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = hashes[i];
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(items);
    }

    private static long NotNegative(ProtoObject json, string name) =>
        json.Number(name) is >= 0 and var value ? value : throw new FormatException($"{json.Path}.{name}: must not be negative");

    /// <summary>Writes an entry; absent members are left out.</summary>
    public static void Write(Utf8JsonWriter writer, LogEntry entry)
    {
        writer.WriteStartObject();
        writer.WriteString("logIndex", Text(entry.LogIndex));
        writer.WriteStartObject("logId");
        writer.WriteBase64String("keyId", entry.LogId.Span);
        writer.WriteEndObject();
        writer.WriteStartObject("kindVersion");
        writer.WriteString("kind", entry.Kind);
        writer.WriteString("version", entry.Version);
        writer.WriteEndObject();
        writer.WriteString("integratedTime", Text(entry.IntegratedTime));
        if (entry.InclusionPromise is { } promise)
        {
            writer.WriteStartObject("inclusionPromise");
            writer.WriteBase64String("signedEntryTimestamp", promise.Span);
            writer.WriteEndObject();
        }

        if (entry.Inclusion is { } inclusion)
        {
            WriteInclusion(writer, inclusion);
        }

        writer.WriteBase64String("canonicalizedBody", entry.CanonicalizedBody.Span);
        writer.WriteEndObject();
    }

    private static void WriteInclusion(Utf8JsonWriter writer, LogInclusion inclusion)
    {
        writer.WriteStartObject("inclusionProof");
        writer.WriteString("logIndex", Text(inclusion.LogIndex));
        writer.WriteBase64String("rootHash", inclusion.RootHash.Span);
        writer.WriteString("treeSize", Text(inclusion.TreeSize));
        writer.WriteStartArray("hashes");
        foreach (var hash in inclusion.Hashes)
        {
            writer.WriteBase64StringValue(hash.Span);
        }

        writer.WriteEndArray();
        writer.WriteStartObject("checkpoint");
        writer.WriteString("envelope", inclusion.Checkpoint);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
