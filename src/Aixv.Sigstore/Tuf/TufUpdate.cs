namespace Aixv.Sigstore.Tuf;

/// <summary>One run of the client workflow (TUF §5) over a repository and a cache that is locked for it.</summary>
internal sealed class TufUpdate
{
    private readonly ITufRepository repository;
    private readonly TufCache cache;
    private readonly TrustedMetadata trusted;
    private readonly List<(string Role, string? Delegator)> loaded = [];

    /// <param name="startTime">§5.1: one time for the whole update.</param>
    internal TufUpdate(ITufRepository repository, TufCache cache, ReadOnlyMemory<byte> initialRoot, DateTimeOffset startTime)
    {
        this.repository = repository;
        this.cache = cache;
        trusted = LoadRoot(cache, initialRoot, startTime);
    }

    /// <summary>§5.2: the root of the last update, or the one to begin with where that is newer or the cache is damaged.</summary>
    private static TrustedMetadata LoadRoot(TufCache cache, ReadOnlyMemory<byte> initialRoot, DateTimeOffset startTime)
    {
        var initial = new TrustedMetadata(initialRoot, startTime);
        try
        {
            var cached = cache.Read(TufCache.Root, TufLimits.Root) is { } bytes ? new TrustedMetadata(bytes, startTime) : null;
            return cached is not null && cached.Root.Version > initial.Root.Version ? cached : initial;
        }
        catch (TufException)
        {
            return initial;
        }
    }

    internal async Task<TufTargets> RunAsync(IReadOnlyCollection<string> targets, TufTargets? previous, CancellationToken cancellationToken)
    {
        await UpdateRootAsync(cancellationToken).ConfigureAwait(false);
        await UpdateTimestampAsync(cancellationToken).ConfigureAwait(false);
        await UpdateSnapshotAsync(cancellationToken).ConfigureAwait(false);
        await LoadTargetsAsync("targets", null, cancellationToken).ConfigureAwait(false);
        var files = new Dictionary<string, byte[]?>(StringComparer.Ordinal);
        foreach (var target in targets)
        {
            files[target] = await FetchTargetAsync(target, previous, cancellationToken).ConfigureAwait(false);
        }

        var result = new TufTargets(trusted, loaded, files, trusted.StartTime);
        cache.Write(TufCache.Complete, result.ToJson());
        return result;
    }

    /// <summary>§5.3.</summary>
    private async Task UpdateRootAsync(CancellationToken cancellationToken)
    {
        cache.Write(TufCache.Root, trusted.Root.Raw.Span);
        for (var rotations = 0; rotations < TufLimits.RootRotations; rotations++)
        {
            var bytes = await FetchAsync($"{trusted.Root.Version + 1}.root.json", TufLimits.Root, cancellationToken).ConfigureAwait(false);
            if (bytes is null)
            {
                break;
            }

            var before = trusted.Root;
            trusted.UpdateRoot(bytes);
            if (trusted.Root.RotatesOnlineKeysOf(before))
            {
                // §5.3.11, before the new root is kept: whoever held the old keys may have pushed versions far ahead.
                cache.Delete(TufCache.Timestamp);
                cache.Delete(TufCache.Snapshot);
            }

            cache.Write(TufCache.Root, bytes);
        }

        trusted.CheckRootIsCurrent();
    }

    /// <summary>§5.4.</summary>
    private async Task UpdateTimestampAsync(CancellationToken cancellationToken)
    {
        TryLoad(TufCache.Timestamp, TufLimits.Timestamp, trusted.LoadTimestamp);
        var bytes = await RequireAsync(TufCache.Timestamp, TufLimits.Timestamp, cancellationToken).ConfigureAwait(false);
        if (trusted.UpdateTimestamp(bytes))
        {
            cache.Write(TufCache.Timestamp, bytes);
        }
    }

    /// <summary>§5.5.</summary>
    private async Task UpdateSnapshotAsync(CancellationToken cancellationToken)
    {
        var current = false;
        TryLoad(TufCache.Snapshot, TufLimits.Snapshot, bytes => current = trusted.LoadSnapshot(bytes));
        if (!current)
        {
            var announced = trusted.Timestamp!.Snapshot;
            var bytes = await RequireAsync(
                Versioned(announced, TufCache.Snapshot), Limit(announced, TufLimits.Snapshot, TufCache.Snapshot), cancellationToken)
                .ConfigureAwait(false);
            trusted.UpdateSnapshot(bytes);
            cache.Write(TufCache.Snapshot, bytes);
        }
    }

    /// <summary>§5.6, for <c>targets</c> and for each delegated role that a search comes to.</summary>
    private async Task<TargetsMetadata> LoadTargetsAsync(string role, string? delegator, CancellationToken cancellationToken)
    {
        if (trusted.Targets.TryGetValue(role, out var known))
        {
            return known;
        }

        var announced = trusted.Announced(role);
        var topLevel = delegator is null;
        if (topLevel)
        {
            TryLoad(TufCache.Targets, TufLimits.Targets, bytes => trusted.UpdateTargets(bytes, role, null));
        }

        if (!trusted.Targets.ContainsKey(role))
        {
            var bytes = await RequireAsync(
                Versioned(announced, Uri.EscapeDataString(role) + ".json"), Limit(announced, TufLimits.Targets, role), cancellationToken)
                .ConfigureAwait(false);
            trusted.UpdateTargets(bytes, role, delegator);
            if (topLevel)
            {
                cache.Write(TufCache.Targets, bytes);
            }
        }

        loaded.Add((role, delegator));
        return trusted.Targets[role];
    }

    /// <summary>§5.7.</summary>
    private async Task<byte[]?> FetchTargetAsync(string target, TufTargets? previous, CancellationToken cancellationToken)
    {
        var search = new TargetSearch(target);
        while (search.TryNext(out var next))
        {
            search.Visit(await LoadTargetsAsync(next.Role, next.Delegator, cancellationToken).ConfigureAwait(false));
        }

        if (search.Found is not { } information)
        {
            return null;
        }

        if (information.Length > TufLimits.TargetFile)
        {
            throw BoundedReader.TooLarge($"target {target}", TufLimits.TargetFile);
        }

        if (previous?.Find(target) is { } kept && information.Matches(kept.Span))
        {
            return kept.ToArray();
        }

        var bytes = await RequireAsync(TargetPath(target, information), checked((int)information.Length!.Value), cancellationToken)
            .ConfigureAwait(false);
        information.Verify(bytes, $"target {target}");
        return bytes;
    }

    private string TargetPath(string target, FileInformation information)
    {
        var parts = target.Split('/').Select(Uri.EscapeDataString).ToArray();
        if (trusted.Root.ConsistentSnapshot)
        {
            parts[^1] = $"{information.Prefix}.{parts[^1]}";
        }

        return "targets/" + string.Join('/', parts);
    }

    private string Versioned(MetadataFile announced, string name) => trusted.Root.ConsistentSnapshot ? $"{announced.Version}.{name}" : name;

    private static int Limit(MetadataFile announced, int limit, string what) => announced.Information.Length is not { } length ? limit
        : length <= limit ? (int)length
        : throw BoundedReader.TooLarge(what, limit);

    /// <summary>What is in the cache helps where it is still trusted, and is as good as absent where it is not.</summary>
    private void TryLoad(string name, int limit, Action<ReadOnlyMemory<byte>> load)
    {
        if (cache.Read(name, limit) is not { } bytes)
        {
            return;
        }

        try
        {
            load(bytes);
        }
        catch (TufException)
        {
            cache.Delete(name);
        }
    }

    private async Task<byte[]> RequireAsync(string path, int limit, CancellationToken cancellationToken) =>
        await FetchAsync(path, limit, cancellationToken).ConfigureAwait(false)
            ?? throw new HttpRequestException($"the TUF repository has no {path}", null, System.Net.HttpStatusCode.NotFound);

    private async Task<byte[]?> FetchAsync(string path, int limit, CancellationToken cancellationToken)
    {
        var bytes = await repository.FetchAsync(path, limit, cancellationToken).ConfigureAwait(false);
        return bytes?.Length > limit ? throw BoundedReader.TooLarge(path, limit) : bytes;
    }
}
