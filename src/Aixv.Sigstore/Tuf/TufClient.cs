namespace Aixv.Sigstore.Tuf;

/// <summary>A TUF 1.0 client: brings targets that the holders of a repository's keys have signed, and keeps what it has seen.</summary>
/// <param name="repository">Where to read from; not used by <see cref="ReadCached"/>.</param>
/// <param name="cacheDirectory">A folder of its own; several processes may share it.</param>
/// <param name="initialRoot">A root that is trusted for another reason. It may have expired.</param>
/// <param name="time">Tells what has expired.</param>
public sealed class TufClient(ITufRepository repository, string cacheDirectory, ReadOnlyMemory<byte> initialRoot, TimeProvider time)
{
    private readonly TufCache cache = new(cacheDirectory);

    /// <summary>The last complete update, or null where there is none that is whole. Opens no socket and takes no lock; judges no expiry.</summary>
    public TufTargets? ReadCached()
    {
        try
        {
            return cache.Read(TufCache.Complete, TufTargets.MaximumLength) is { } json ? TufTargets.FromJson(json) : null;
        }
        catch (TufException)
        {
            return null;
        }
    }

    /// <summary>Follows the client workflow of TUF §5 and fetches <paramref name="targets"/>, which may not all exist.</summary>
    /// <param name="unless">
    /// Asked of the cached update once no other process is updating: where it is true that one is the answer, without any request.
    /// </param>
    /// <exception cref="TufException">The repository's answer is not trusted.</exception>
    /// <exception cref="HttpRequestException">The repository cannot be reached, or a file that must be there is not.</exception>
    /// <exception cref="IOException">The cache cannot be written.</exception>
    public async Task<TufTargets> RefreshAsync(
        IReadOnlyCollection<string> targets, Func<TufTargets, bool>? unless, CancellationToken cancellationToken)
    {
        using var held = await cache.LockAsync(cancellationToken).ConfigureAwait(false);
        var previous = ReadCached();
        return previous is not null && unless?.Invoke(previous) == true
            ? previous
            : await new TufUpdate(repository, cache, initialRoot, time.GetUtcNow())
                .RunAsync(targets, previous, cancellationToken).ConfigureAwait(false);
    }
}
