using System.Security.Cryptography;
using Aixv.Sigstore.Tuf;

namespace Aixv.Sigstore.Trust.Instances;

/// <summary>The named Sigstore instances of this user: built in and added. What the rules are: <c>docs/trust.md</c>.</summary>
public sealed class InstanceStore
{
    private const string TrustedRoot = "trusted_root.json";
    private const string SigningConfig = "signing_config.v0.2.json";
    private static readonly string[] Targets = [TrustedRoot, SigningConfig];

    private readonly InstanceFiles files;
    private readonly TimeProvider time;
    private readonly Func<Uri, ITufRepository> open;

    /// <param name="directory">See <see cref="TrustDirectory.Default"/>.</param>
    public InstanceStore(string directory, TimeProvider time) : this(directory, time, static url => new HttpTufRepository(url))
    {
    }

    internal InstanceStore(string directory, TimeProvider time, Func<Uri, ITufRepository> open)
    {
        files = new(directory);
        this.time = time;
        this.open = open;
    }

    /// <summary>The built-in instances, then the added ones by name.</summary>
    public IReadOnlyList<InstanceStatus> List() =>
        [.. BuiltInInstances.Names.Concat(files.Names().Order(StringComparer.Ordinal)).Select(Show)];

    /// <exception cref="TrustInstanceException">There is no such instance.</exception>
    public InstanceStatus Show(string name)
    {
        var instance = Get(name);
        var now = time.GetUtcNow();
        using var client = new Session(this, instance);
        var cached = client.Tuf.ReadCached() is { } update
            ? new CachedTrust(
                update.Refreshed, update.Expires, Freshness.IsFresh(update, Targets, now),
                update.RootVersion, update.TimestampVersion, update.SnapshotVersion, update.TargetsVersion)
            : null;
        return new(
            instance.Name, instance.Url, instance.IsBuiltIn, files.Folder(instance.Name), VersionOf(instance.InitialRoot),
            Convert.ToHexStringLower(SHA256.HashData(instance.InitialRoot.Span)), cached, instance.Embedded?.Date);
    }

    /// <summary>Makes an instance known. Its material is fetched when it is first used.</summary>
    /// <exception cref="FormatException">The name or the URL is not of the form expected.</exception>
    /// <exception cref="TrustInstanceException">The name is taken, or the URL gives no root.</exception>
    /// <exception cref="TufException">The root is not one, or not the one of the fingerprint.</exception>
    public async Task<InstanceStatus> AddAsync(string name, string url, InstanceAnchor anchor, CancellationToken cancellationToken)
    {
        InstanceName.Parse(name);
        if (BuiltInInstances.Names.Contains(name) || files.Names().Contains(name))
        {
            throw new TrustInstanceException($"instance '{name}': is there already; choose another name, or run 'aixv trust remove {name}' first");
        }

        var address = InstanceUrl.Parse(url);
        var root = await ReadRootAsync(address, anchor, cancellationToken).ConfigureAwait(false);
        VersionOf(root);
        files.Add(new(name, address, root, Embedded: null));
        return Show(name);
    }

    private async Task<ReadOnlyMemory<byte>> ReadRootAsync(Uri url, InstanceAnchor anchor, CancellationToken cancellationToken)
    {
        switch (anchor)
        {
            case InstanceAnchor.RootFile file:
                return file.Bytes;
            case InstanceAnchor.RootHash expected:
                var root = await FetchFirstRootAsync(url, cancellationToken).ConfigureAwait(false);
                var found = SHA256.HashData(root);
                return found.AsSpan().SequenceEqual(expected.Sha256)
                    ? root
                    : throw new TufException(
                        TufRefusal.HashMismatch,
                        $"{url}: 1.root.json has the fingerprint {Convert.ToHexStringLower(found)}, "
                        + $"expected {Convert.ToHexStringLower(expected.Sha256)}");
            case InstanceAnchor.FirstUse:
                if (url.Scheme != Uri.UriSchemeHttps && !url.IsLoopback)
                {
                    throw new TrustInstanceException(
                        $"{url}: over http anybody in between could give another root; pass --root FILE or --fingerprint HEX from the operator");
                }

                return await FetchFirstRootAsync(url, cancellationToken).ConfigureAwait(false);
            default:
                throw new ArgumentException("an anchor is needed", nameof(anchor));
        }
    }

    private async Task<byte[]> FetchFirstRootAsync(Uri url, CancellationToken cancellationToken)
    {
        var repository = open(url);
        using var owned = repository as IDisposable;
        return await repository.FetchAsync("1.root.json", TufLimits.Root, cancellationToken).ConfigureAwait(false)
            ?? throw new TrustInstanceException($"{url}: has no 1.root.json; is this the URL of a TUF repository?");
    }

    private static long VersionOf(ReadOnlyMemory<byte> root) => new TrustedMetadata(root, DateTimeOffset.MinValue).Root.Version;

    /// <exception cref="TrustInstanceException">There is no such instance, or it is built in.</exception>
    public void Remove(string name)
    {
        InstanceName.Parse(name);
        if (BuiltInInstances.Names.Contains(name))
        {
            throw new TrustInstanceException(
                $"instance '{name}': is built in and cannot be removed; to forget what was fetched, delete {files.Folder(name)}");
        }

        if (!files.Remove(name))
        {
            throw Unknown(name);
        }
    }

    /// <summary>Asks the instance's repository, however fresh the cache is.</summary>
    /// <exception cref="TufException">The repository's answer is not trusted.</exception>
    /// <exception cref="HttpRequestException">The repository cannot be reached.</exception>
    public async Task<ResolvedTrust> UpdateAsync(string name, CancellationToken cancellationToken)
    {
        var instance = Get(name);
        using var session = new Session(this, instance);
        var update = await session.Tuf.RefreshAsync(Targets, unless: null, cancellationToken).ConfigureAwait(false);
        return Resolved(instance, update, TrustSource.Fetched, warning: null);
    }

    /// <summary>What to trust for an instance: from the cache where it is fresh, or from its repository.</summary>
    /// <param name="offline">Never from the network; of what is on this machine, any age will do.</param>
    /// <exception cref="TrustInstanceException">No such instance, or nothing on this machine to use offline.</exception>
    /// <exception cref="TufException">The repository's answer is not trusted. The cache is not used instead.</exception>
    /// <exception cref="HttpRequestException">The repository cannot be reached, and the cache is absent or expired.</exception>
    public async Task<ResolvedTrust> ResolveAsync(string name, bool offline, CancellationToken cancellationToken)
    {
        var instance = Get(name);
        using var session = new Session(this, instance);
        var cached = session.Tuf.ReadCached();
        if (offline)
        {
            return OfflineTrust(instance, cached);
        }

        if (cached is not null && IsFresh(cached))
        {
            return Resolved(instance, cached, TrustSource.Cached, warning: null);
        }

        try
        {
            var update = await session.Tuf.RefreshAsync(Targets, IsFresh, cancellationToken).ConfigureAwait(false);
            return Resolved(instance, update, TrustSource.Fetched, warning: null);
        }
        catch (HttpRequestException e) when (cached is not null && !Freshness.HasExpired(cached, time.GetUtcNow()))
        {
            return Resolved(instance, cached, TrustSource.Cached, $"the instance could not be asked ({e.Message}); {Dated(cached)} is used");
        }
        catch (HttpRequestException e)
        {
            throw new HttpRequestException(Unreachable(instance, cached, e), e, e.StatusCode);
        }
    }

    private bool IsFresh(TufTargets update) => Freshness.IsFresh(update, Targets, time.GetUtcNow());

    private ResolvedTrust OfflineTrust(Instance instance, TufTargets? cached)
    {
        if (cached?.Find(TrustedRoot) is not null)
        {
            var warning = Freshness.HasExpired(cached, time.GetUtcNow()) ? $"offline: {Dated(cached)} is used, though its metadata has expired"
                : IsFresh(cached) ? null
                : $"offline: {Dated(cached)} is used";
            return Resolved(instance, cached, TrustSource.Cached, warning);
        }

        if (instance.Embedded is { } embedded)
        {
            var age = time.GetUtcNow() - embedded.Date;
            return new(
                instance.Name, instance.Url, embedded.TrustedRoot, null, TrustSource.Embedded, embedded.Date, age,
                "offline, and nothing was fetched before: " + FormattableString.Invariant(
                    $"the built-in trusted root of {embedded.Date:yyyy-MM-dd} is used ({Freshness.Describe(age)} old)"));
        }

        throw new TrustInstanceException(
            $"instance '{instance.Name}': offline, and its trusted root is not on this machine; "
            + $"run 'aixv trust update {instance.Name}' once with a network, or pass --trusted-root FILE");
    }

    private string Dated(TufTargets update) =>
        FormattableString.Invariant($"the trusted root confirmed on {update.Refreshed.UtcDateTime:yyyy-MM-dd HH:mm}Z ")
        + $"({Freshness.Describe(time.GetUtcNow() - update.Refreshed)} ago)";

    private string Unreachable(Instance instance, TufTargets? cached, HttpRequestException e) =>
        $"instance '{instance.Name}': {instance.Url} could not be asked ({e.Message}), and "
        + (cached is null ? "nothing was fetched before" : $"{Dated(cached)} has expired")
        + (cached is not null || instance.Embedded is not null
            ? "; --offline uses the copy on this machine all the same, --trusted-root FILE another one"
            : "; --trusted-root FILE uses a trusted root from elsewhere");

    private ResolvedTrust Resolved(Instance instance, TufTargets update, TrustSource source, string? warning) => new(
        instance.Name,
        instance.Url,
        update.Find(TrustedRoot)
            ?? throw new TrustInstanceException($"instance '{instance.Name}': its repository {instance.Url} has no {TrustedRoot}"),
        update.Find(SigningConfig),
        source,
        update.Refreshed,
        time.GetUtcNow() - update.Refreshed,
        warning);

    private Instance Get(string name) => BuiltInInstances.Find(InstanceName.Parse(name)) ?? files.Find(name) ?? throw Unknown(name);

    private TrustInstanceException Unknown(string name) => new(
        $"instance '{name}': not known (known: {string.Join(", ", BuiltInInstances.Names.Concat(files.Names().Order(StringComparer.Ordinal)))}); "
        + $"'aixv trust add {name} URL --root FILE' adds it");

    /// <summary>A TUF client of one instance, with its connection.</summary>
    private sealed class Session : IDisposable
    {
        private readonly ITufRepository repository;

        internal Session(InstanceStore store, Instance instance)
        {
            repository = store.open(instance.Url);
            Tuf = new(repository, store.files.Folder(instance.Name), instance.InitialRoot, store.time);
        }

        internal TufClient Tuf { get; }

        public void Dispose() => (repository as IDisposable)?.Dispose();
    }
}
