using System.Text.Json;
using Aixv.Protocol.Records;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Protocol.Lineage;

/// <summary>Reads one file of a store: what it says, and who signed it.</summary>
/// <param name="store">The store's folder.</param>
/// <param name="check">Null leaves signatures unchecked.</param>
/// <param name="memo">Remembers what was checked; null checks every time.</param>
internal sealed class RecordReader(string store, IRecordCheck? check, ProofMemo? memo = null)
{
    private const int MaximumBytes = 32 * 1024 * 1024;
    private const string AttestationSchema = "aixv.attestation-record/v1";
    private const string RecordSchema = "aixv.signed-record/v1";
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 128, AllowDuplicateProperties = false };

    /// <summary>A file that was read.</summary>
    /// <param name="File">The file.</param>
    /// <param name="Source">As a source of edges.</param>
    /// <param name="Facts">Null when it could not be read.</param>
    /// <param name="BundleElsewhere">Whether its bundle lies where changes to it are not noticed.</param>
    internal sealed record Outcome(StoreFile File, LineageSource Source, RecordFacts? Facts, bool BundleElsewhere);

    /// <summary>Reads the file of a path as it is now.</summary>
    internal Outcome Read(string path)
    {
        var bundle = new FileInfo(Path.Combine(store, $"{path}.sigstore.json"));
        return Read(new StoreFile(path, FileStamp.None, bundle.Exists ? new FileStamp(bundle.Length, bundle.LastWriteTimeUtc.Ticks) : FileStamp.None));
    }

    /// <summary>Reads a file. What is wrong with it is in the outcome; only a failing disk throws.</summary>
    internal Outcome Read(StoreFile file)
    {
        try
        {
            var path = Path.Combine(store, file.Path);
            var bytes = ReadBounded(path);
            using var document = JsonDocument.Parse(bytes, Options);
            return Read(file, path, bytes, document.RootElement);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or UnauthorizedAccessException or FileNotFoundException or DirectoryNotFoundException)
        {
            return new Outcome(file, new LineageSource(file.Path, SourceStatus.Unreadable, "", Problem: e.Message), null, false);
        }
    }

    private Outcome Read(StoreFile file, string path, byte[] bytes, JsonElement root)
    {
        var schema = root.ValueKind == JsonValueKind.Object ? NodeReference.Text(root, "schema") : null;
        JsonElement statement = default;
        var facts = schema switch
        {
            AttestationSchema => StatementReader.Read(root.TryGetProperty("statement", out statement) ? statement : throw new FormatException("attestation record: statement is missing")),
            RecordSchema => SignedRecordReader.Read(root, bytes),
            _ => throw new FormatException($"schema: found '{schema}', allowed: {AttestationSchema}, {RecordSchema}"),
        };
        var beside = file.Bundle != FileStamp.None;
        var bundlePath = beside ? $"{path}.sigstore.json" : BundlePlace.FindElsewhere(path, NodeReference.Text(root, "signature_bundle_path"));
        var elsewhere = !beside && NodeReference.Text(root, "signature_bundle_path") is not null;
        var source = new LineageSource(file.Path, bundlePath is null ? SourceStatus.WithoutBundle : SourceStatus.Unchecked, facts.Type);
        return new Outcome(file, check is null || bundlePath is null ? source : Check(source, facts, bytes, statement, bundlePath), facts, elsewhere);
    }

    private LineageSource Check(LineageSource source, RecordFacts facts, byte[] bytes, JsonElement statement, string bundlePath)
    {
        var bundle = ReadBounded(bundlePath);
        var entry = memo is null ? "" : ProofMemo.KeyOf(bytes, bundle);
        if (memo?.Find(entry, source) is { } known)
        {
            return known;
        }

        var problem = Refusal(facts, bytes, statement, bundle, out var result);
        var proven = problem is null
            ? source with { Status = SourceStatus.Verified, Signer = result!.Signer, LogEntry = result.LogEntry }
            : source with { Status = SourceStatus.Refused, Problem = problem };
        memo?.Add(entry, proven);
        return proven;
    }

    private string? Refusal(RecordFacts facts, byte[] bytes, JsonElement statement, byte[] bundle, out RecordCheckResult? result)
    {
        result = null;
        var isStatement = statement.ValueKind == JsonValueKind.Object;
        if (isStatement && facts.Subjects.Count == 0)
        {
            return "the statement has no subject with a SHA-256 digest";
        }

        result = check!.Check(bundle, isStatement ? new ArtifactDigests(Digest.FromBytes(facts.Subjects[0].Sha256)) : ArtifactDigests.Of(bytes));
        return result.Problem
            ?? (isStatement == result.Statement is null ? "the bundle signs something of another kind" : null)
            ?? (isStatement && !IsSame(statement, result.Statement!.Value) ? "the bundle signs another statement than the record holds" : null);
    }

    private static bool IsSame(JsonElement statement, ReadOnlyMemory<byte> signed)
    {
        using var document = JsonDocument.Parse(signed, Options);
        return JsonElement.DeepEquals(statement, document.RootElement);
    }

    private static byte[] ReadBounded(string path)
    {
        RegularFile.Require(path);
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var length = RandomAccess.GetLength(file);
        if (length > MaximumBytes)
        {
            throw new FormatException($"{length} bytes, at most {MaximumBytes} are read");
        }

        var bytes = new byte[length];
        for (var read = 0; read < bytes.Length;)
        {
            var more = RandomAccess.Read(file, bytes.AsSpan(read), read);
            if (more == 0)
            {
                throw new FormatException("the file became shorter while it was read");
            }

            read += more;
        }

        return bytes;
    }
}
