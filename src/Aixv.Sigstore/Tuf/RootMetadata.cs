namespace Aixv.Sigstore.Tuf;

/// <summary><c>root.json</c> (TUF §4.3): the keys of the four top-level roles.</summary>
internal sealed class RootMetadata : TufMetadata
{
    internal RootMetadata(ReadOnlyMemory<byte> json, string what) : base(json, "root", what)
    {
        ConsistentSnapshot = TufJson.Flag(Signed, "consistent_snapshot", absent: false, what);
        Keys = TufKey.ParseAll(TufJson.Object(Signed, "keys", what), what);
        var roles = TufJson.Object(Signed, "roles", what);
        Root = Role("root");
        Timestamp = Role("timestamp");
        Snapshot = Role("snapshot");
        Targets = Role("targets");

        TufRole Role(string name) => TufRole.Parse(TufJson.Object(roles, name, what), $"{what}: role {name}");
    }

    internal bool ConsistentSnapshot { get; }

    internal IReadOnlyDictionary<string, TufKey> Keys { get; }

    internal TufRole Root { get; }

    internal TufRole Timestamp { get; }

    internal TufRole Snapshot { get; }

    internal TufRole Targets { get; }

    /// <summary>Whether the keys of timestamp or snapshot are not those of <paramref name="older"/>.</summary>
    internal bool RotatesOnlineKeysOf(RootMetadata older) =>
        !Timestamp.Keys(Keys).SetEquals(older.Timestamp.Keys(older.Keys)) || !Snapshot.Keys(Keys).SetEquals(older.Snapshot.Keys(older.Keys));
}
