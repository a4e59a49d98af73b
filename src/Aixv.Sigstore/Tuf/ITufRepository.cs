namespace Aixv.Sigstore.Tuf;

/// <summary>Where a TUF repository is read from: the one door to the network.</summary>
public interface ITufRepository
{
    /// <summary>The bytes at <paramref name="path"/>; null where there is no such file.</summary>
    /// <param name="path">Relative to the repository and already percent-encoded.</param>
    /// <param name="maximumLength">How many bytes are read at most.</param>
    /// <exception cref="TufException"><see cref="TufRefusal.TooLarge"/>: there are more bytes.</exception>
    /// <exception cref="HttpRequestException">The repository cannot be reached, or fails.</exception>
    Task<byte[]?> FetchAsync(string path, int maximumLength, CancellationToken cancellationToken);
}
