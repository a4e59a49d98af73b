using System.Text.RegularExpressions;

namespace Aixv.Protocol.Records;

/// <summary>Looks at every file of a store and says what is wrong; nothing is skipped in silence. Signatures are matched to records, not verified.</summary>
/// <param name="root">The store's folder.</param>
public sealed partial class StoreCheck(string root)
{
    private static readonly string[] KnownFiles = [".lock", "advisory-sync-state.json"];
    private readonly List<StoreProblem> problems = [];
    private readonly List<string> others = [];
    private readonly SignedContents contents = new();
    private int records;
    private int attestations;

    [GeneratedRegex(@"^(.*)\.([2-9]|[1-9][0-9]{1,5})$", RegexOptions.CultureInvariant)]
    private static partial Regex Numbered { get; }

    /// <summary>Checks the whole store.</summary>
    public StoreReport Run()
    {
        if (Directory.Exists(root))
        {
            CheckRoot();
        }

        return new StoreReport(records, attestations, [.. problems.OrderBy(p => p.Path, StringComparer.Ordinal)], [.. others.Order(StringComparer.Ordinal)]);
    }

    private void CheckRoot()
    {
        var folders = new List<(string Path, string Kind)>
        {
            (Path.Combine(root, "policies"), RecordKinds.Policy),
            (Path.Combine(root, "advisories"), RecordKinds.Advisory),
            (Path.Combine(root, "attestations"), AttestationKind),
        };
        var recordsFolder = Path.Combine(root, "records");
        if (Directory.Exists(recordsFolder))
        {
            folders.AddRange(Directory.EnumerateDirectories(recordsFolder).Select(path => (path, Path.GetFileName(path))));
            Unexpected(Directory.EnumerateFiles(recordsFolder), "record");
        }

        // What each file would have to be signed over is gathered first, so that a swapped bundle can be told from a changed record.
        var present = folders.Where(f => Directory.Exists(f.Path)).ToList();
        foreach (var (path, _) in present)
        {
            contents.Gather(path);
        }

        foreach (var (path, kind) in present)
        {
            CheckFolder(path, kind);
        }

        var known = folders.Select(f => f.Path).Append(recordsFolder).ToHashSet(StringComparer.Ordinal);
        others.AddRange(Directory.EnumerateFileSystemEntries(root)
            .Where(path => !known.Contains(path) && !KnownFiles.Contains(Path.GetFileName(path)))
            .Select(Relative));
    }

    private const string AttestationKind = "attestation";

    private void CheckFolder(string folder, string kind)
    {
        Unexpected(Directory.EnumerateDirectories(folder), kind);
        var files = Directory.EnumerateFiles(folder).ToHashSet(StringComparer.Ordinal);
        Unexpected(files.Where(path => !path.EndsWith(".json", StringComparison.Ordinal)), kind);
        foreach (var bundle in files.Where(RecordStore.IsBundle))
        {
            if (!files.Contains(bundle[..^".sigstore.json".Length]))
            {
                Add(bundle, kind, StoreFault.RecordMissing, "a bundle without its record");
            }
        }

        var byId = new Dictionary<string, (string Path, string Payload)>(StringComparer.Ordinal);
        foreach (var path in files.Where(f => f.EndsWith(".json", StringComparison.Ordinal) && !RecordStore.IsBundle(f)).Order(StringComparer.Ordinal))
        {
            if (kind == AttestationKind)
            {
                CheckAttestation(path);
            }
            else
            {
                CheckRecord(path, kind, byId);
            }
        }
    }

    private void CheckRecord(string path, string kind, Dictionary<string, (string Path, string Payload)> byId)
    {
        if (!TryRead(path, kind, bytes => SignedRecord.Parse(bytes), out SignedRecord? record))
        {
            return;
        }

        var before = problems.Count;
        if (record.Kind != kind)
        {
            Add(path, kind, StoreFault.Contradictory, $"a record of kind {record.Kind} in the folder of {kind}");
        }

        var stem = Path.GetFileNameWithoutExtension(path);
        if (stem != record.Id.Value && !(Numbered.Match(stem) is { Success: true } match && match.Groups[1].Value == record.Id.Value))
        {
            Add(path, kind, StoreFault.Contradictory, $"the file's name says {stem}, the record {record.Id}");
        }

        CheckPayload(path, record);
        var payload = record.Payload.ToJsonString();
        if (record.Kind != RecordKinds.Advisory && byId.TryGetValue(record.Id.Value, out var first) && first.Payload != payload)
        {
            Add(path, kind, StoreFault.Contradictory, $"says something else than {Relative(first.Path)}, which has the same id");
        }

        byId.TryAdd(record.Id.Value, (path, payload));
        CheckBundle(path, kind, record.SignatureBundlePath);
        records += problems.Count == before ? 1 : 0;
    }

    private void CheckPayload(string path, SignedRecord record)
    {
        try
        {
            var payload = RecordKinds.ReadPayload(record.Kind, record.Payload);
            var own = (payload["advisory_id"] ?? payload["bundle_id"] ?? payload["waiver_id"])?.ToString();
            if (own is not null && own != record.Id.Value && RecordKinds.HasSchema(record.Kind))
            {
                Add(path, record.Kind, StoreFault.Contradictory, $"the record is {record.Id}, its payload {own}");
            }
        }
        catch (FormatException e)
        {
            Add(path, record.Kind, StoreFault.Damaged, e.Message);
        }
    }

    private void CheckAttestation(string path)
    {
        if (!TryRead(path, AttestationKind, bytes => AttestationRecord.Parse(bytes), out AttestationRecord? record))
        {
            return;
        }

        var before = problems.Count;
        var name = Path.GetFileName(path);
        var subjects = SignedContents.Subjects(record.Statement).ToList();
        if (!subjects.Any(hex => name.StartsWith($"sha256_{hex}.", StringComparison.Ordinal)))
        {
            Add(path, AttestationKind, StoreFault.Contradictory, $"the file's name is not that of a subject of its statement ({string.Join(", ", subjects.Take(3))})");
        }

        if (record.Statement["predicateType"]?.ToString() != record.PredicateType)
        {
            Add(path, AttestationKind, StoreFault.Contradictory, $"the record says {record.PredicateType}, its statement {record.Statement["predicateType"]}");
        }

        CheckBundle(path, AttestationKind, record.SignatureBundlePath);
        attestations += problems.Count == before ? 1 : 0;
    }

    private void CheckBundle(string path, string kind, string? stated)
    {
        var bundle = BundlePlace.Find(path, stated);
        if (bundle is null)
        {
            Add(path, kind, stated is null ? StoreFault.NotSigned : StoreFault.BundleMissing, stated is null ? "not signed: there is no bundle" : $"its bundle {stated} is missing");
        }
        else if (contents.WhyNot(path, bundle) is { } why)
        {
            Add(bundle, kind, why.Fault, why.Message);
        }
    }

    private bool TryRead<T>(string path, string kind, Func<byte[], T> read, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out T? value)
        where T : class
    {
        value = null;
        byte[] bytes;
        try
        {
            bytes = BoundedFile.Read(path, 32 * 1024 * 1024);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            Add(path, kind, StoreFault.Unreadable, e.Message);
            return false;
        }

        try
        {
            value = read(bytes);
            return true;
        }
        catch (FormatException e)
        {
            var isCut = bytes.AsSpan().TrimEnd(" \r\n\t"u8) is var text && (text.IsEmpty || text[^1] != (byte)'}');
            Add(path, kind, isCut ? StoreFault.Truncated : StoreFault.Damaged, isCut ? $"the file ends in the middle, after {bytes.Length} bytes" : e.Message);
            return false;
        }
    }

    private void Unexpected(IEnumerable<string> paths, string kind)
    {
        foreach (var path in paths)
        {
            var isPiece = path.EndsWith(".tmp", StringComparison.Ordinal);
            Add(path, kind, StoreFault.Unexpected, isPiece ? "a piece of a write that did not end; it can be deleted" : "no record, and nobody knows what it is");
        }
    }

    private void Add(string path, string kind, StoreFault fault, string message) => problems.Add(new StoreProblem(Relative(path), kind, fault, message));

    private string Relative(string path) => Path.GetRelativePath(root, path);
}
