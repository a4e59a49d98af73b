using Aixv.Protocol.Statements;

namespace Aixv.Protocol.Records;

/// <summary>Signs a record file's bytes and returns the bundle as JSON.</summary>
public delegate Task<byte[]> RecordSigning(ReadOnlyMemory<byte> recordFile, CancellationToken cancellationToken);

/// <summary>The records of a store: <c>policies/</c>, <c>advisories/</c> and <c>records/&lt;kind&gt;/</c>, a file each, its bundle beside it.</summary>
/// <remarks>
/// Append only. An advisory of the same id and another content is its next status and takes the next number
/// (<c>ID.2.json</c>); of every other kind the same id with another content is refused.
/// </remarks>
/// <param name="root">The store's folder, usually <c>.aixv</c>.</param>
public sealed class RecordStore(string root)
{
    private const int MaximumNumber = 10_000;

    /// <summary>The store's folder.</summary>
    public string Root { get; } = root;

    /// <summary>The folder of a kind.</summary>
    public string FolderOf(string kind) => kind switch
    {
        RecordKinds.Policy => Path.Combine(Root, "policies"),
        RecordKinds.Advisory => Path.Combine(Root, "advisories"),
        _ => Path.Combine(Root, "records", RecordKinds.Parse(kind, onlyKnown: false)),
    };

    /// <summary>Where the first record of this name stands.</summary>
    public string PathOf(string kind, RecordId id) => Path.Combine(FolderOf(kind), $"{id}.json");

    /// <summary>Writes a record and its signature, both or neither. The signing comes first: when it fails, nothing is left behind.</summary>
    /// <param name="record">Its bundle path is set here.</param>
    /// <param name="sign">Null writes an unsigned record.</param>
    /// <returns>The record; the same one that was there already is returned as it is, and signed if it was not.</returns>
    /// <exception cref="RecordConflictException">The name is taken by another content.</exception>
    /// <exception cref="FormatException">The payload does not fit its kind, or a file of that name is damaged.</exception>
    /// <exception cref="IOException">The disk failed.</exception>
    public async Task<StoredRecord> AddAsync(SignedRecord record, RecordSigning? sign = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(record);
        var checkedRecord = record with { Payload = RecordKinds.ReadPayload(record.Kind, record.Payload) };
        Directory.CreateDirectory(FolderOf(record.Kind));
        ReadOnlyMemory<byte>? bundle = null;
        (string Path, StoredRecord? Same) signedFor = default;
        while (true)
        {
            using (await StoreLock.AcquireAsync(Root, cancellationToken).ConfigureAwait(false))
            {
                // Before anything is signed: what cannot be written should not leave an entry in a public log. Under the lock, for
                // without it the bundle of another writer may be seen before its record.
                var place = Place(checkedRecord);
                if (place.Same is { } same && (sign is null || same.BundlePath is not null))
                {
                    return same;
                }

                if (sign is null || (bundle is not null && place.Path == signedFor.Path && place.Same is null == signedFor.Same is null))
                {
                    return Write(checkedRecord, place, bundle);
                }

                signedFor = place;
            }

            // Another process may take the name meanwhile; then the record gets the next one, and its own signature.
            bundle = await sign(BytesFor(checkedRecord, signedFor, isSigned: true), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Keeps a record's bytes as they came with their bundle, as a feed brings them.</summary>
    /// <exception cref="RecordConflictException">The name is taken by another content.</exception>
    public async Task<StoredRecord> ImportAsync(ReadOnlyMemory<byte> recordFile, ReadOnlyMemory<byte> bundle, CancellationToken cancellationToken = default)
    {
        var record = SignedRecord.Parse(recordFile);
        RecordKinds.ReadPayload(record.Kind, record.Payload);
        Directory.CreateDirectory(FolderOf(record.Kind));
        using (await StoreLock.AcquireAsync(Root, cancellationToken).ConfigureAwait(false))
        {
            var place = Place(record, recordFile);
            return place.Same ?? WriteFiles(place.Path, recordFile, bundle, record);
        }
    }

    private static byte[] BytesFor(SignedRecord record, (string Path, StoredRecord? Same) place, bool isSigned) => place.Same is { } same
        ? same.Bytes.ToArray()
        : (record with { SignatureBundlePath = isSigned ? $"{Path.GetFileName(place.Path)}.sigstore.json" : null }).ToBytes();

    private static StoredRecord Write(SignedRecord record, (string Path, StoredRecord? Same) place, ReadOnlyMemory<byte>? bundle)
    {
        if (place.Same is { } same)
        {
            var path = $"{same.Path}.sigstore.json";
            return NewFile.TryCreate(path, bundle!.Value.Span)
                ? same with { BundlePath = path }
                : throw new RecordConflictException(path, $"{path}: a bundle is there already");
        }

        var bytes = BytesFor(record, place, bundle is not null);
        return WriteFiles(place.Path, bytes, bundle, SignedRecord.Parse(bytes));
    }

    private static StoredRecord WriteFiles(string path, ReadOnlyMemory<byte> bytes, ReadOnlyMemory<byte>? bundle, SignedRecord record) =>
        RecordFile.TryCreate(path, bytes.Span, bundle)
            ? new StoredRecord(path, bytes, record, bundle is null ? null : $"{path}.sigstore.json") { IsNew = true }
            : throw new RecordConflictException(path, $"{path}: a record or a bundle is there already; records are append-only");

    /// <summary>Where a record goes, or the same record where it is there already.</summary>
    private (string Path, StoredRecord? Same) Place(SignedRecord record, ReadOnlyMemory<byte>? exact = null)
    {
        StoredRecord? last = null;
        for (var number = 1; number <= MaximumNumber; number++)
        {
            var path = NumberedPath(record.Kind, record.Id, number);
            if (!File.Exists(path) && !File.Exists($"{path}.sigstore.json"))
            {
                return last is not null && IsSame(last, record, exact) ? (last.Path, last) : (path, null);
            }

            if (!File.Exists(path))
            {
                throw new FormatException($"{path}.sigstore.json: a bundle without its record; run aixv store check");
            }

            var found = StoredRecord.Read(path);
            if (found.Record.Id != record.Id)
            {
                continue;
            }

            last = found;
            if (record.Kind != RecordKinds.Advisory && !IsSame(found, record, exact))
            {
                throw new RecordConflictException(path, $"{record.Kind} {record.Id} is there already with another content: {path} (records are append-only: choose another id)");
            }
        }

        throw new IOException($"{FolderOf(record.Kind)}: {MaximumNumber} records of {record.Id}, no further one is taken");
    }

    private static bool IsSame(StoredRecord found, SignedRecord record, ReadOnlyMemory<byte>? exact) => exact is { } bytes
        ? found.Bytes.Span.SequenceEqual(bytes.Span)
        : found.Record.Kind == record.Kind
            && SortedJson.Serialize(found.Record.Payload).AsSpan().SequenceEqual(SortedJson.Serialize(record.Payload));

    private string NumberedPath(string kind, RecordId id, int number) =>
        Path.Combine(FolderOf(kind), number == 1 ? $"{id}.json" : $"{id}.{number}.json");

    /// <summary>All records of a kind, in the order of their file names, and the files that are none.</summary>
    public RecordListing List(string kind)
    {
        var folder = FolderOf(kind);
        if (!Directory.Exists(folder))
        {
            return RecordListing.Empty;
        }

        var records = new List<StoredRecord>();
        var damaged = new List<DamagedFile>();
        foreach (var path in Directory.EnumerateFiles(folder, "*.json").Where(p => !IsBundle(p)).Order(StringComparer.Ordinal))
        {
            try
            {
                records.Add(StoredRecord.Read(path));
            }
            catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
            {
                damaged.Add(new DamagedFile(path, e.Message));
            }
        }

        return new RecordListing([.. records], [.. damaged]);
    }

    /// <summary>The records of one name, oldest number first.</summary>
    public RecordListing Find(string kind, RecordId id)
    {
        var listing = List(kind);
        return listing with { Records = [.. listing.Records.Where(r => r.Record.Id == id).OrderBy(r => r.Path.Length).ThenBy(r => r.Path, StringComparer.Ordinal)] };
    }

    internal static bool IsBundle(string path) => path.EndsWith(".sigstore.json", StringComparison.OrdinalIgnoreCase);
}
