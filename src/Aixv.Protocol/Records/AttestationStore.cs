using System.Text.Json.Nodes;
using Aixv.Protocol.Predicates;
using Aixv.Protocol.Statements;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Protocol.Records;

/// <summary>
/// The attestations of one folder (<c>.aixv/attestations/</c>): a file each, named by digest and predicate, with its bundle beside
/// it. Append only: a later attestation of the same digest and predicate takes the next number.
/// </summary>
/// <param name="root">The store's folder, usually <c>.aixv</c>.</param>
public sealed class AttestationStore(string root)
{
    private const int MaximumNumber = 100_000;
    private readonly string folder = Path.Combine(root, "attestations");

    /// <summary>Writes a record and its bundle; both appear whole, or neither does.</summary>
    /// <param name="bundle">The signed bundle as JSON; null for an unsigned record.</param>
    /// <returns>The path of the record.</returns>
    /// <exception cref="IOException">The disk failed.</exception>
    public string Append(Statement statement, ReadOnlyMemory<byte>? bundle, DateTimeOffset createdAt)
    {
        ArgumentNullException.ThrowIfNull(statement);
        return Append(statement.ToJson(), statement.Subjects[0].Digest, statement.Predicate, bundle, createdAt);
    }

    /// <summary>Writes a statement as somebody else made it: it may be of any in-toto version, with any predicate and more subjects.</summary>
    /// <param name="artifact">The subject that the record is filed under.</param>
    /// <param name="bundle">The bundle that signs exactly this statement; null for an unsigned record.</param>
    /// <returns>The path of the record.</returns>
    /// <exception cref="FormatException">The statement's predicate type is no URI.</exception>
    /// <exception cref="IOException">The disk failed.</exception>
    public string Append(JsonObject statement, Digest artifact, ReadOnlyMemory<byte>? bundle, DateTimeOffset createdAt)
    {
        ArgumentNullException.ThrowIfNull(statement);
        ArgumentNullException.ThrowIfNull(artifact);
        var type = statement["predicateType"] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
        var predicate = PredicateTypes.Describe(type, []) ?? throw new FormatException($"statement: predicateType: a URI is expected, found '{type}'");
        return Append(statement, artifact, predicate, bundle, createdAt);
    }

    private string Append(JsonObject statement, Digest artifact, Predicate predicate, ReadOnlyMemory<byte>? bundle, DateTimeOffset createdAt)
    {
        Directory.CreateDirectory(folder);
        var stem = $"sha256_{artifact.Hex}.{predicate.Name}.{predicate.Version}";
        for (var number = 1; number <= MaximumNumber; number++)
        {
            var path = Path.Combine(folder, number == 1 ? $"{stem}.json" : $"{stem}.{number}.json");
            if (!File.Exists(path) && TryWrite(path, new AttestationRecord(createdAt, predicate.Uri, statement, null), bundle))
            {
                return path;
            }
        }

        throw new IOException($"{folder}: no free name for {stem}");
    }

    private static bool TryWrite(string path, AttestationRecord record, ReadOnlyMemory<byte>? bundle)
    {
        var bundlePath = $"{path}.sigstore.json";
        record = record with { SignatureBundlePath = bundle is null ? null : Path.GetFileName(bundlePath) };

        // The bundle goes first: whoever holds its name may write the record of that number.
        if (bundle is { } signed && !NewFile.TryCreate(bundlePath, signed.Span))
        {
            return false;
        }

        try
        {
            if (NewFile.TryCreate(path, record.ToBytes()))
            {
                return true;
            }
        }
        catch
        {
            Withdraw();
            throw;
        }

        Withdraw();
        return false;

        void Withdraw()
        {
            if (bundle is not null)
            {
                File.Delete(bundlePath);
            }
        }
    }

    /// <summary>Removes a record that was just written, because the act that it was part of failed.</summary>
    public static void Withdraw(string path)
    {
        File.Delete(path);
        File.Delete($"{path}.sigstore.json");
    }

    /// <summary>The records of one artifact, in the order of their names.</summary>
    /// <exception cref="FormatException">A file is not a record; the message names it.</exception>
    public IReadOnlyList<AttestationRecord> Find(Digest digest)
    {
        ArgumentNullException.ThrowIfNull(digest);
        return !Directory.Exists(folder) ? [] :
        [
            .. Directory.EnumerateFiles(folder, $"sha256_{digest.Hex}.*.json")
                .Where(path => !path.EndsWith(".sigstore.json", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(Read),
        ];
    }

    private static AttestationRecord Read(string path)
    {
        try
        {
            return AttestationRecord.Parse(File.ReadAllBytes(path));
        }
        catch (FormatException e)
        {
            throw new FormatException($"{path}: {e.Message}", e);
        }
    }
}
