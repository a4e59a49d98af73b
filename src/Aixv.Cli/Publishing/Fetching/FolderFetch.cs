using Aixv.Cli.Artifacts;
using Aixv.Cli.Exporting;
using Aixv.Cli.Publishing.Folders;
using Aixv.Protocol.Records;
using Aixv.Sigstore.Bundles;

namespace Aixv.Cli.Publishing.Fetching;

/// <summary>Verifies a model that is on this machine already: in a folder, or in the cache of the hub's own tools. Bundles that a registry has are put beside it, but not into a cache.</summary>
internal sealed class FolderFetch(App app, FileVerification verification, IReadOnlyList<RemoteBundle> named, TrackBundles? registry)
{
    /// <param name="shown">The folder, as the user would write it.</param>
    /// <param name="wanted">Files from the folder; empty takes those of aixv.json, else what looks like weights.</param>
    public async Task<FetchOutcome> RunAsync(string shown, IReadOnlyList<string> wanted, CancellationToken cancellationToken)
    {
        var cache = HubCache.Find(Path.TrimEndingDirectorySeparator(app.Resolve(shown)));
        var folder = cache is null || app.Resolve(shown).StartsWith(cache.Snapshot, StringComparison.Ordinal) ? shown : cache.Snapshot;
        ShardIndex.RequireWhole(folder, app.Resolve(folder));
        var files = ProjectWeights.Of(app, folder, [.. wanted.Select(file => Path.Combine(folder, file))], cache is null ? ProjectFile.Read(app, folder) : new ProjectFile());
        var waiting = System.IO.Directory.CreateTempSubdirectory("aixv-").FullName;
        try
        {
            var fetched = new List<FetchedFile>();
            foreach (var file in files)
            {
                fetched.Add(await VerifyAsync(file, Path.GetRelativePath(app.Resolve(folder), app.Resolve(file)).Replace(Path.DirectorySeparatorChar, '/'), cache, waiting, cancellationToken));
            }

            return new FetchOutcome(shown, folder, fetched, []);
        }
        finally
        {
            System.IO.Directory.Delete(waiting, recursive: true);
        }
    }

    private async Task<FetchedFile> VerifyAsync(string path, string file, HubCache? cache, string waiting, CancellationToken cancellationToken)
    {
        ModelWeights.RequireWhole(app, path);
        var kept = cache?.Check(path, app.Resolve(path));
        var beside = FoundBundles.Beside(app, path).Select(p => (Path: p, Bundle: RemoteBundle.TryRead("", ArtifactFile.Read(app, "bundle", p, Bundle.MaximumBytes), p))).Where(b => b.Bundle is not null).ToList();
        var all = new CandidateBundles([], [.. named, .. beside.Select(b => b.Bundle!)], registry);
        var (digest, holding, outcomes) = await verification.RunAsync(path, file, all, bundle => Write(bundle, waiting), cancellationToken);
        if (kept is not null && kept != digest)
        {
            throw new CommandFailure($"{path}: the cache keeps it as {kept}, and its bytes are {digest}: the cache is damaged; fetch it again");
        }

        return new FetchedFile(file, digest)
        {
            State = holding.Count > 0 ? FetchedState.Verified : FetchedState.Refused,
            Verifications = outcomes,
            Bundles = [.. holding.Select(b => Array.Find([.. beside], x => ReferenceEquals(x.Bundle, b)).Path ?? (cache is null && !named.Contains(b) ? Keep(path, b) : b.Origin))],
        };
    }

    private static string Write(RemoteBundle bundle, string waiting)
    {
        var path = Path.Combine(waiting, $"{Sigstore.Artifacts.Digest.Of(bundle.Bytes).Hex}.sigstore.json");
        File.WriteAllBytes(path, bundle.Bytes);
        return path;
    }

    /// <summary>A bundle of a registry, beside the file from now on.</summary>
    private string Keep(string path, RemoteBundle bundle)
    {
        var name = BundleNames.For(path, bundle);
        return NewFile.TryCreate(app.Resolve(name), bundle.Bytes) ? name
            : NewFile.TryCreate(app.Resolve(BundleNames.Numbered(path, bundle)), bundle.Bytes) ? BundleNames.Numbered(path, bundle)
            : bundle.Origin;
    }
}
