using Aixv.Cli.Artifacts;
using Aixv.Cli.Publishing.Folders;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Cli.Publishing.Fetching;

/// <summary>Fetches a model's files into a folder: they wait beside it until each is verified, and only then get their names.</summary>
internal sealed class RemoteFetch(App app, Download download, FileVerification verification, CandidateBundles candidates)
{
    /// <summary>Takes what a bundle is not about as well.</summary>
    public bool WithUnverified { get; init; }

    /// <summary>Puts files in the place of others.</summary>
    public bool Replaces { get; init; }

    /// <param name="model">What the place has.</param>
    /// <param name="wanted">The files to take, by their paths; empty takes the weights.</param>
    /// <param name="folder">Where they go, absolute.</param>
    /// <param name="shown">The same, as the user would write it.</param>
    public async Task<FetchOutcome> RunAsync(RemoteModel model, IReadOnlyList<string> wanted, string folder, string shown, CancellationToken cancellationToken)
    {
        var (files, others) = Choose(model, wanted);
        System.IO.Directory.CreateDirectory(folder);
        using var staging = Staging.Open(folder);
        foreach (var file in files.Concat(others))
        {
            RequireFree(file, staging.TargetOf(file.Path));
        }

        if (files.FirstOrDefault(f => !candidates.MayHaveAny(f.Path, f.Digest)) is { } lonely)
        {
            throw new CommandFailure($"no bundle about {lonely.Path} ({lonely.Digest}) was found beside it, as a referrer or in a registry: nothing was fetched");
        }

        var fetched = new List<(FetchedFile File, IReadOnlyList<RemoteBundle> Bundles)>();
        foreach (var file in files)
        {
            var path = await GetAsync(file, staging, cancellationToken);
            var (digest, holding, all) = await verification.RunAsync(path, file.Path, candidates, staging.Write, cancellationToken);
            RequireAnnounced(file, digest, staging);
            fetched.Add((new FetchedFile(file.Path, digest) { State = holding.Count > 0 ? FetchedState.Held : FetchedState.Refused, Verifications = all }, holding));
        }

        var skipped = model.Skipped.Concat(Left(model, files, others)).ToList();
        if (fetched.Exists(f => !f.File.IsAccepted))
        {
            staging.Clear();
            return new FetchOutcome(model.Shown, shown, [.. fetched.Select(f => f.File)], skipped);
        }

        foreach (var file in others)
        {
            var digest = DigestOf(await GetAsync(file, staging, cancellationToken));
            RequireAnnounced(file, digest, staging);
            fetched.Add((new FetchedFile(file.Path, digest) { State = FetchedState.Unverified }, []));
        }

        foreach (var (file, _) in fetched)
        {
            RequireFree(new RemoteFile(file.Path, null, file.Digest, files[0].Request), staging.TargetOf(file.Path));
        }

        var placed = fetched.ConvertAll(f => Place(staging, f.File, f.Bundles));
        staging.Clear();
        return new FetchOutcome(model.Shown, shown, placed, skipped);
    }

    private (List<RemoteFile> Files, List<RemoteFile> Others) Choose(RemoteModel model, IReadOnlyList<string> wanted)
    {
        if (wanted.FirstOrDefault(name => !model.Files.Any(f => f.Path == name)) is { } unknown)
        {
            throw new CommandFailure($"{model.Shown} has no file {unknown}");
        }

        var files = model.Files.Where(f => wanted.Count > 0 ? wanted.Contains(f.Path) : model.Files.Count == 1 || ModelWeights.IsWeights(f.Path.Split('/')[^1])).ToList();
        return files.Count > 0
            ? (files, WithUnverified ? [.. model.Files.Except(files).Where(f => !IsHidden(f.Path))] : [])
            : throw new CommandFailure($"{model.Shown} has no weights: name what to take with --file");
    }

    private static bool IsHidden(string path) => path.Split('/').Any(part => part.StartsWith('.'));

    private static IEnumerable<(string, string)> Left(RemoteModel model, List<RemoteFile> files, List<RemoteFile> others) =>
        model.Files.Except(files).Except(others).Select(f => (f.Path, IsHidden(f.Path) ? "hidden" : "not asked for; what no bundle is about is taken with --with-unverified"));

    /// <summary>What lies there already is not overwritten, unless it is the same, or the user said so.</summary>
    private void RequireFree(RemoteFile file, string target)
    {
        if (System.IO.Directory.Exists(target) || (!Replaces && Path.Exists(target) && file.Digest is { } digest && (!File.Exists(target) || DigestOf(target) != digest)))
        {
            throw new CommandFailure($"{target} is there already, and is something else: --force replaces it");
        }
    }

    private Digest DigestOf(string path) => ArtifactFile.Digest(app, path, new FileDigesterOptions(), CancellationToken.None).Sha256;

    /// <returns>Where the bytes are: waiting, or in their place already.</returns>
    private async Task<string> GetAsync(RemoteFile file, Staging staging, CancellationToken cancellationToken)
    {
        if (file.Digest is { } known && staging.TargetOf(file.Path) is var target && File.Exists(target) && DigestOf(target) == known)
        {
            return target;
        }

        var path = staging.PathOf(file.Path);
        await download.RunAsync(file, path, cancellationToken);
        if (LfsPointer.Read(path) is not { } pointer)
        {
            return path;
        }

        staging.Clear();
        throw new CommandFailure($"{file.Path}: the place gave a Git LFS pointer, not the file itself ({pointer.Size} bytes, {pointer.Digest}): it does not have the file");
    }

    private static void RequireAnnounced(RemoteFile file, Digest found, Staging staging)
    {
        if (file.Digest is { } expected && found != expected)
        {
            staging.Clear();
            throw new CommandFailure($"{file.Path}: {expected} was announced, and {found} came: refused; fetch it again");
        }
    }

    private FetchedFile Place(Staging staging, FetchedFile file, IReadOnlyList<RemoteBundle> bundles)
    {
        var paths = new List<string>();
        foreach (var bundle in bundles)
        {
            var name = BundleNames.For(file.Path, bundle);
            if (File.Exists(staging.TargetOf(name)) && !Replaces && !File.ReadAllBytes(staging.TargetOf(name)).AsSpan().SequenceEqual(bundle.Bytes))
            {
                name = BundleNames.Numbered(file.Path, bundle);
            }

            Staging.Place(staging.Write(bundle), staging.TargetOf(name));
            paths.Add(name);
        }

        var waiting = staging.PathOf(file.Path);
        var isNew = File.Exists(waiting);
        if (isNew)
        {
            Staging.Place(waiting, staging.TargetOf(file.Path));
        }

        return file with { Bundles = paths, State = file.State == FetchedState.Unverified ? FetchedState.Unverified : isNew ? FetchedState.Placed : FetchedState.Verified };
    }
}
