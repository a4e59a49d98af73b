using System.Globalization;
using System.Text.Json;
using Aixv.Transparency.Merkle;

namespace Aixv.Authority.RekorLog;

/// <summary>The TransparencyLogEntry that Rekor v2 answers with, members without a value included.</summary>
internal static class EntryAnswer
{
    public static void Write(
        Utf8JsonWriter writer, string kind, byte[] logId, ReadOnlySpan<byte> body, InclusionProof proof, ReadOnlySpan<byte> rootHash, ReadOnlySpan<byte> checkpoint)
    {
        var index = proof.Index.ToString(CultureInfo.InvariantCulture);
        writer.WriteString("logIndex"u8, index);
        writer.WriteStartObject("logId"u8);
        writer.WriteBase64String("keyId"u8, logId);
        writer.WriteEndObject();
        writer.WriteStartObject("kindVersion"u8);
        writer.WriteString("kind"u8, kind);
        writer.WriteString("version"u8, LogRequest.Version);
        writer.WriteEndObject();
        writer.WriteString("integratedTime"u8, "0"u8);
        writer.WriteNull("inclusionPromise"u8);
        writer.WriteStartObject("inclusionProof"u8);
        writer.WriteString("logIndex"u8, index);
        writer.WriteBase64String("rootHash"u8, rootHash);
        writer.WriteString("treeSize"u8, proof.TreeSize.ToString(CultureInfo.InvariantCulture));
        writer.WriteStartArray("hashes"u8);
        foreach (var hash in proof.Hashes)
        {
            writer.WriteBase64StringValue(hash.Span);
        }

        writer.WriteEndArray();
        writer.WriteStartObject("checkpoint"u8);
        writer.WriteString("envelope"u8, checkpoint);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteBase64String("canonicalizedBody"u8, body);
    }
}
