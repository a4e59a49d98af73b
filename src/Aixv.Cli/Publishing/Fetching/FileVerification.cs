using System.CommandLine;
using Aixv.Cli.Artifacts;
using Aixv.Cli.Commands;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Cli.Publishing.Fetching;

/// <summary>Verifies one file by the bundles that may be about it: by one that holds it is accepted.</summary>
internal sealed class FileVerification(App app, ParseResult parse, ArtifactVerifying verifying)
{
    /// <param name="path">Where the bytes are.</param>
    /// <param name="candidates">Where bundles are found.</param>
    /// <param name="file">Its path from the model's folder.</param>
    /// <param name="write">Writes a bundle where it waits; gives its path.</param>
    /// <returns>Its digest, the bundles that hold, and every verification.</returns>
    public async Task<(Digest Digest, IReadOnlyList<RemoteBundle> Holding, IReadOnlyList<VerifyOutcome> All)> RunAsync(
        string path, string file, CandidateBundles candidates, Func<RemoteBundle, string> write, CancellationToken cancellationToken)
    {
        var digest = ArtifactFile.Digest(app, path, new FileDigesterOptions(), cancellationToken).Sha256;
        var found = await candidates.OfAsync(file, digest, cancellationToken);
        var first = await VerifyAsync(path, digest, found, write, cancellationToken);
        if (first.Holding.Count > 0 || found.Count == 0)
        {
            return (digest, first.Holding, first.All);
        }

        var second = await VerifyAsync(path, digest, [.. (await candidates.OthersAsync(digest, cancellationToken)).ExceptBy(found.Select(f => Digest.Of(f.Bytes)), f => Digest.Of(f.Bytes))], write, cancellationToken);
        return (digest, second.Holding, [.. first.All, .. second.All]);
    }

    private async Task<(List<RemoteBundle> Holding, List<VerifyOutcome> All)> VerifyAsync(
        string path, Digest digest, IReadOnlyList<RemoteBundle> bundles, Func<RemoteBundle, string> write, CancellationToken cancellationToken)
    {
        var (holding, all) = (new List<RemoteBundle>(), new List<VerifyOutcome>());
        foreach (var bundle in bundles)
        {
            // Most bundles are made over the SHA-256 alone; those that are not have the file read once more.
            var digests = verifying.Digest(app, parse, path, bundle.Content, digest, cancellationToken);
            var outcome = await verifying.VerifyAsync(app, parse, new ArtifactName(path, null), write(bundle), digests, cancellationToken);
            all.Add(outcome with { BundlePath = bundle.Origin });
            if (outcome.ExitCode == ExitCode.Ok)
            {
                holding.Add(bundle);
            }
        }

        return (holding, all);
    }
}
