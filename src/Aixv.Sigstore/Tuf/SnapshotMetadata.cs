namespace Aixv.Sigstore.Tuf;

/// <summary><c>snapshot.json</c> (TUF §4.4): the versions of all targets metadata, by file name.</summary>
internal sealed class SnapshotMetadata : TufMetadata
{
    internal SnapshotMetadata(ReadOnlyMemory<byte> json, string what) : base(json, "snapshot", what) =>
        Files = TufJson.Members(TufJson.Object(Signed, "meta", what), what)
            .ToDictionary(m => m.Name, m => MetadataFile.Parse(m.Value, $"{what}: {m.Name}"), StringComparer.Ordinal);

    internal IReadOnlyDictionary<string, MetadataFile> Files { get; }
}
