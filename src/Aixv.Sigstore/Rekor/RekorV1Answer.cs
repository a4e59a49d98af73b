using System.Text.Json;
using Aixv.Sigstore.Bundles;
using Aixv.Sigstore.Json;

namespace Aixv.Sigstore.Rekor;

/// <summary>Turns Rekor v1's own JSON, a map of one entry by its UUID, into a <see cref="LogEntry"/>.</summary>
internal static class RekorV1Answer
{
    private const int MaximumBytes = 4 * 1024 * 1024;
    private const int MaximumHashes = 64;

    /// <exception cref="FormatException">Not such an answer.</exception>
    internal static LogEntry Read(ReadOnlyMemory<byte> json)
    {
        var map = ProtoObject.Parse(json, MaximumBytes);
        var entry = map.RequiredMessage(OnlyMember(json));
        var body = entry.RequiredBytes("body");
        var kind = ProtoObject.Parse(body, MaximumBytes);
        var verification = entry.RequiredMessage("verification");
        var proof = verification.RequiredMessage("inclusionProof");
        return new LogEntry
        {
            LogIndex = entry.Number("logIndex"),
            LogId = Hex(entry, "logID"),
            Kind = kind.RequiredText("kind"),
            Version = kind.RequiredText("apiVersion"),
            IntegratedTime = entry.Number("integratedTime"),
            InclusionPromise = verification.RequiredBytes("signedEntryTimestamp"),
            Inclusion = new LogInclusion(
                proof.Number("logIndex"),
                proof.Number("treeSize"),
                Hex(proof, "rootHash"),
                [.. proof.Texts("hashes", MaximumHashes).Select(hash => (ReadOnlyMemory<byte>)FromHex(hash, $"{proof.Path}.hashes"))],
                proof.RequiredText("checkpoint")),
            CanonicalizedBody = body,
        };
    }

    private static string OnlyMember(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var members = document.RootElement.EnumerateObject().Select(m => m.Name).ToList();
        return members is [var uuid] ? uuid : throw new FormatException($"$: expected one entry, found {members.Count}");
    }

    private static byte[] Hex(ProtoObject json, string name) => FromHex(json.RequiredText(name), $"{json.Path}.{name}");

    private static byte[] FromHex(string text, string path) => text.Length == 64 && text.All(char.IsAsciiHexDigit)
        ? Convert.FromHexString(text)
        : throw new FormatException($"{path}: expected 64 hex digits");
}
