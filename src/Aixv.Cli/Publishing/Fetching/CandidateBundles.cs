using Aixv.Sigstore.Artifacts;

namespace Aixv.Cli.Publishing.Fetching;

/// <summary>The bundles that may be about a file: those that its place has, and where it has none, those of a registry.</summary>
/// <param name="ofPlace">What the place has.</param>
/// <param name="named">Files that the user names, which count for every file.</param>
/// <param name="registry">Null where none is known.</param>
internal sealed class CandidateBundles(IReadOnlyList<RemoteBundle> ofPlace, IReadOnlyList<RemoteBundle> named, TrackBundles? registry)
{
    private const int Maximum = 100;

    /// <summary>Whether there may be any, before the file's bytes are known.</summary>
    public bool MayHaveAny(string file, Digest? digest) => registry is not null || digest is null || named.Count > 0 || ofPlace.Any(b => b.MayBeAbout(file, digest));

    public async Task<IReadOnlyList<RemoteBundle>> OfAsync(string file, Digest digest, CancellationToken cancellationToken)
    {
        var found = named.Concat(ofPlace.Where(b => b.MayBeAbout(file, digest))).Take(Maximum).ToList();
        return found.Count > 0 || registry is null ? found : await registry.FindAsync(digest, cancellationToken);
    }

    /// <summary>Those of the registry, where the place's own were refused.</summary>
    public async Task<IReadOnlyList<RemoteBundle>> OthersAsync(Digest digest, CancellationToken cancellationToken) =>
        registry is null ? [] : await registry.FindAsync(digest, cancellationToken);
}
