using System.Text.Json.Nodes;
using Aixv.Protocol.Statements;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Bundles;

namespace Aixv.Protocol.Records;

/// <summary>Which bundle belongs to which file: by the digest that a bundle states, or by the statement that it carries.</summary>
internal sealed class SignedContents
{
    private const int MaximumBytes = 32 * 1024 * 1024;
    private readonly Dictionary<string, string> fileByContent = new(StringComparer.Ordinal);

    /// <summary>Remembers what each file of a folder would be signed over.</summary>
    public void Gather(string folder)
    {
        foreach (var path in Directory.EnumerateFiles(folder, "*.json").Where(p => !RecordStore.IsBundle(p)))
        {
            if (TryRead(path) is { } bytes)
            {
                fileByContent.TryAdd(Of(bytes), path);
            }
        }
    }

    /// <summary>Null when the bundle is of this file, as far as that can be told without a trusted root.</summary>
    public (StoreFault Fault, string Message)? WhyNot(string path, string bundlePath)
    {
        Bundle bundle;
        try
        {
            bundle = Bundle.Parse(BoundedFile.Read(bundlePath, Bundle.MaximumBytes));
        }
        catch (Exception e) when (e is FormatException or BundleFormatException)
        {
            return (StoreFault.BundleDamaged, e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (StoreFault.Unreadable, e.Message);
        }

        // Without a digest in it, only verification can tell.
        if (Of(bundle) is not { } signed || TryRead(path) is not { } bytes || signed == Of(bytes))
        {
            return null;
        }

        return fileByContent.TryGetValue(signed, out var owner)
            ? (StoreFault.BundleOfAnother, $"the bundle signs {Path.GetFileName(owner)}, not {Path.GetFileName(path)}")
            : (StoreFault.BundleOfAnother, $"the bundle signs other bytes than those of {Path.GetFileName(path)}: the record was changed, or the bundle swapped");
    }

    /// <summary>The digests, in hex, of a statement's subjects.</summary>
    public static IEnumerable<string> Subjects(JsonObject statement) =>
        statement["subject"] is JsonArray list ? list.Select(subject => ((subject as JsonObject)?["digest"] as JsonObject)?["sha256"]?.ToString()).OfType<string>() : [];

    private static string? Of(Bundle bundle) => bundle.Content switch
    {
        SignedEnvelope { Envelope: var envelope } => StatementKey(envelope.Payload),
        MessageSignature { DigestAlgorithm.Name: "SHA256", Digest: { } digest } => Convert.ToHexStringLower(digest.Span),
        _ => null,
    };

    private static string Of(byte[] file)
    {
        try
        {
            var json = SortedJson.ParseObject(file, "file", MaximumBytes);
            if (json["statement"] is JsonObject statement && json["schema"]?.ToString() == AttestationRecord.Schema)
            {
                return StatementKey(SortedJson.Serialize(statement));
            }
        }
        catch (FormatException)
        {
            // Then its bytes are what would be signed.
        }

        return Digest.Of(file).Hex;
    }

    private static string StatementKey(ReadOnlyMemory<byte> statement)
    {
        try
        {
            return $"statement {Digest.Of(SortedJson.Serialize(SortedJson.ParseObject(statement, "statement", MaximumBytes))).Hex}";
        }
        catch (FormatException)
        {
            return $"statement {Digest.Of(statement.Span).Hex}";
        }
    }

    private static byte[]? TryRead(string path)
    {
        try
        {
            return BoundedFile.Read(path, MaximumBytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            return null;
        }
    }
}
