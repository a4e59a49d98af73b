namespace Aixv.Sigstore.Tuf;

/// <summary><c>timestamp.json</c> (TUF §4.6): which snapshot is current.</summary>
internal sealed class TimestampMetadata : TufMetadata
{
    internal TimestampMetadata(ReadOnlyMemory<byte> json, string what) : base(json, "timestamp", what) =>
        Snapshot = MetadataFile.Parse(TufJson.Object(TufJson.Object(Signed, "meta", what), "snapshot.json", what), what);

    internal MetadataFile Snapshot { get; }
}
