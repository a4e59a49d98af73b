namespace Aixv.Sigstore.Tuf;

/// <summary>The metadata trusted so far, and the rules by which more of it comes to be trusted (TUF §5.2 to §5.6).</summary>
/// <remarks>Reads no file and no network. An expired timestamp or snapshot is kept, for it still tells a rollback; nothing is built on it.</remarks>
internal sealed class TrustedMetadata
{
    private readonly Dictionary<string, TargetsMetadata> targets = new(StringComparer.Ordinal);

    /// <param name="rootBytes">A trusted root; its expiry does not matter (§5.2).</param>
    /// <param name="startTime">The fixed time of the whole update (§5.1); <see cref="DateTimeOffset.MinValue"/> lets nothing expire.</param>
    internal TrustedMetadata(ReadOnlyMemory<byte> rootBytes, DateTimeOffset startTime)
    {
        StartTime = startTime;
        Root = new RootMetadata(rootBytes, "root.json");
        Root.Root.Verify(Root, Root.Keys, "root.json");
    }

    internal DateTimeOffset StartTime { get; }

    internal RootMetadata Root { get; private set; }

    internal TimestampMetadata? Timestamp { get; private set; }

    internal SnapshotMetadata? Snapshot { get; private set; }

    internal IReadOnlyDictionary<string, TargetsMetadata> Targets => targets;

    /// <summary>§5.3.4 to §5.3.7: the next root, signed by the threshold of the old keys and of its own.</summary>
    internal void UpdateRoot(ReadOnlyMemory<byte> bytes)
    {
        var what = $"{Root.Version + 1}.root.json";
        var root = new RootMetadata(bytes, what);
        Root.Root.Verify(root, Root.Keys, $"{what}, by the keys of root version {Root.Version}");
        root.Root.Verify(root, root.Keys, $"{what}, by its own keys");
        if (root.Version != Root.Version + 1)
        {
            throw new TufException(
                root.Version <= Root.Version ? TufRefusal.Rollback : TufRefusal.VersionMismatch,
                $"{what}: says it is version {root.Version}");
        }

        Root = root;
    }

    /// <summary>§5.3.10, once no newer root is to be had.</summary>
    internal void CheckRootIsCurrent() => CheckExpiry(Root, "root.json");

    /// <summary>§5.4.2 to §5.4.4. False where it has the version already trusted, which then stays.</summary>
    internal bool UpdateTimestamp(ReadOnlyMemory<byte> bytes)
    {
        const string What = "timestamp.json";
        var timestamp = new TimestampMetadata(bytes, What);
        Root.Timestamp.Verify(timestamp, Root.Keys, What);
        if (Timestamp is { } trusted)
        {
            CheckNotOlder(timestamp.Version, trusted.Version, What);
            if (timestamp.Version == trusted.Version)
            {
                CheckExpiry(trusted, What);
                return false;
            }

            CheckNotOlder(timestamp.Snapshot.Version, trusted.Snapshot.Version, $"{What}: snapshot.json");
        }

        CheckExpiry(timestamp, What);
        Timestamp = timestamp;
        return true;
    }

    /// <summary>A timestamp from the cache: it was checked when it came, and may have expired since.</summary>
    internal void LoadTimestamp(ReadOnlyMemory<byte> bytes)
    {
        var timestamp = new TimestampMetadata(bytes, "cached timestamp.json");
        Root.Timestamp.Verify(timestamp, Root.Keys, "cached timestamp.json");
        Timestamp = timestamp;
    }

    /// <summary>§5.5.2 to §5.5.6.</summary>
    internal void UpdateSnapshot(ReadOnlyMemory<byte> bytes)
    {
        const string What = "snapshot.json";
        var announced = Timestamp!.Snapshot;
        announced.Information.Verify(bytes.Span, What);
        var snapshot = new SnapshotMetadata(bytes, What);
        Root.Snapshot.Verify(snapshot, Root.Keys, What);
        CheckVersion(snapshot, announced, What);
        foreach (var (name, file) in Snapshot?.Files ?? new Dictionary<string, MetadataFile>())
        {
            if (!snapshot.Files.TryGetValue(name, out var offered))
            {
                throw new TufException(TufRefusal.Rollback, $"{What}: {name} was listed before and is no longer");
            }

            CheckNotOlder(offered.Version, file.Version, $"{What}: {name}");
        }

        CheckExpiry(snapshot, What);
        Snapshot = snapshot;
    }

    /// <summary>A snapshot from the cache. True where it is the one the timestamp announces and has not expired, so none need be fetched.</summary>
    internal bool LoadSnapshot(ReadOnlyMemory<byte> bytes)
    {
        var snapshot = new SnapshotMetadata(bytes, "cached snapshot.json");
        Root.Snapshot.Verify(snapshot, Root.Keys, "cached snapshot.json");
        Snapshot = snapshot;
        try
        {
            UpdateSnapshot(bytes);
            return true;
        }
        catch (TufException)
        {
            return false;
        }
    }

    /// <summary>§5.6.2 to §5.6.5, for <c>targets</c> and for a role delegated by a trusted one.</summary>
    internal TargetsMetadata UpdateTargets(ReadOnlyMemory<byte> bytes, string role, string? delegator)
    {
        var what = $"{role}.json";
        var announced = Announced(role);
        announced.Information.Verify(bytes.Span, what);
        var metadata = new TargetsMetadata(bytes, what);
        if (delegator is null)
        {
            Root.Targets.Verify(metadata, Root.Keys, what);
        }
        else
        {
            var parent = targets.GetValueOrDefault(delegator);
            var delegation = parent?.Delegations.FirstOrDefault(d => d.Name == role)
                ?? throw new TufException(TufRefusal.RoleNotListed, $"{what}: {delegator} delegates nothing to it");
            delegation.Role.Verify(metadata, parent!.DelegationKeys, what);
        }

        CheckVersion(metadata, announced, what);
        CheckExpiry(metadata, what);
        targets[role] = metadata;
        return metadata;
    }

    /// <summary>What the trusted snapshot says of a targets role.</summary>
    internal MetadataFile Announced(string role) => Snapshot!.Files.TryGetValue($"{role}.json", out var file)
        ? file
        : throw new TufException(TufRefusal.RoleNotListed, $"{role}.json: the snapshot does not list it");

    /// <summary>The first moment at which some part of what is trusted expires.</summary>
    internal DateTimeOffset Expires =>
        ((IEnumerable<TufMetadata?>)[Root, Timestamp, Snapshot, .. targets.Values]).OfType<TufMetadata>().Min(m => m.Expires);

    private void CheckExpiry(TufMetadata metadata, string what)
    {
        if (metadata.Expires <= StartTime)
        {
            throw new TufException(TufRefusal.Expired, FormattableString.Invariant(
                $"{what}: version {metadata.Version} expired on {metadata.Expires:yyyy-MM-dd HH:mm:ss}Z")
                + FormattableString.Invariant($", and the time is {StartTime.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z"));
        }
    }

    private static void CheckNotOlder(long offered, long trusted, string what)
    {
        if (offered < trusted)
        {
            throw new TufException(TufRefusal.Rollback, $"{what}: version {offered} is offered, version {trusted} was seen before");
        }
    }

    private static void CheckVersion(TufMetadata metadata, MetadataFile announced, string what)
    {
        if (metadata.Version != announced.Version)
        {
            throw new TufException(
                TufRefusal.VersionMismatch, $"{what}: is version {metadata.Version}, version {announced.Version} is announced");
        }
    }
}
