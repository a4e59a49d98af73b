using Aixv.Sigstore.Artifacts;

namespace Aixv.Cli.Publishing.Folders;

/// <summary>A model in the cache of the hub's own tools: <c>models--org--name/snapshots/COMMIT/…</c>, whose files are links into <c>blobs/</c>.</summary>
/// <param name="Root">The folder of all models.</param>
/// <param name="Model">The model's folder in it.</param>
/// <param name="Snapshot">The folder of one commit.</param>
internal sealed record HubCache(string Root, string Model, string Snapshot)
{
    private const string Prefix = "models--";
    private const int MaximumReference = 256;

    /// <summary>Null for a folder that is in no such cache.</summary>
    /// <exception cref="CommandFailure">It is one without a commit that could be meant.</exception>
    public static HubCache? Find(string folder)
    {
        for (var place = folder; place is not null; place = Path.GetDirectoryName(place))
        {
            if (Path.GetFileName(place).StartsWith(Prefix, StringComparison.Ordinal) && System.IO.Directory.Exists(Path.Combine(place, "blobs")))
            {
                var parts = Path.GetRelativePath(place, folder).Split(Path.DirectorySeparatorChar);
                var snapshot = parts is ["snapshots", var commit, ..] ? Path.Combine(place, "snapshots", commit) : Current(place);
                return new HubCache(Path.GetDirectoryName(place)!, place, snapshot);
            }
        }

        return null;
    }

    /// <summary>The commit that <c>refs/main</c> names, or the only one that there is.</summary>
    private static string Current(string model)
    {
        var reference = new FileInfo(Path.Combine(model, "refs", "main"));
        var commit = reference is { Exists: true, Length: <= MaximumReference } ? File.ReadAllText(reference.FullName).Trim() : null;
        var folder = Path.Combine(model, "snapshots");
        var snapshots = System.IO.Directory.Exists(folder) ? System.IO.Directory.GetDirectories(folder) : [];
        return commit is { Length: > 0 } && commit.All(char.IsAsciiHexDigitLower) && System.IO.Directory.Exists(Path.Combine(folder, commit)) ? Path.Combine(folder, commit)
            : snapshots is [var only] ? only
            : throw new CommandFailure($"{model}: {(snapshots.Length == 0 ? "the cache has no commit of this model: its download did not end" : "which of its commits is meant? name its folder under snapshots/")}");
    }

    /// <summary>Finds out whether a file of the cache is whole, and its link leads where links of the cache lead.</summary>
    /// <returns>The digest that the cache keeps it under; null where it is kept under another name.</returns>
    /// <exception cref="CommandFailure">It is not so.</exception>
    public Digest? Check(string shown, string file)
    {
        if (new FileInfo(file).ResolveLinkTarget(returnFinalTarget: true) is not { } blob)
        {
            return null;
        }

        if (!Path.GetFullPath(blob.FullName).StartsWith(Root + Path.DirectorySeparatorChar, StringComparison.Ordinal) || Path.GetFileName(Path.GetDirectoryName(blob.FullName)) != "blobs")
        {
            throw new CommandFailure($"{shown} is a link to {blob.FullName}, which is no blob of the cache: refused");
        }

        PartialDownload.Refuse(shown, blob.FullName);
        return Digest.TryParse($"sha256:{blob.Name}", out var digest) ? digest : null;
    }
}
