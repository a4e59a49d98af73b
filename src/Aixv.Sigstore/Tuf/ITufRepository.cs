namespace Aixv.Sigstore.Tuf;

/// <summary>Where a TUF repository is read from: the one door to the network.</summary>
public interface ITufRepository
{
    /// <summary>The bytes at <paramref name="path"/>, relative to the repository and already percent-encoded; null where there is no such file.</summary>
    /// <exception cref="TufException"><see cref="TufRefusal.TooLarge"/>: more than <paramref name="maximumLength"/> bytes; no more are read.</exception>
    /// <exception cref="HttpRequestException">The repository cannot be reached, or fails.</exception>
    Task<byte[]?> FetchAsync(string path, int maximumLength, CancellationToken cancellationToken);
}
