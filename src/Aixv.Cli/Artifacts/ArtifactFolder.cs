namespace Aixv.Cli.Artifacts;

/// <summary>The artifacts among the files that a user names (docs/cli.md, "Folders"): all but what cannot change what a model does.</summary>
/// <param name="Files">As the user would write them, each once.</param>
/// <param name="Skipped">What was left out of the folders, and why: nothing is left out in silence.</param>
internal sealed record ArtifactFolder(IReadOnlyList<string> Files, IReadOnlyList<(string Path, string Reason)> Skipped)
{
    private const int MaximumDepth = 64;

    /// <summary>Files are taken as they are; of folders all files in them, but companions and what is hidden.</summary>
    /// <exception cref="CommandFailure">There is no such file, no artifact at all, or a folder is too deep.</exception>
    public static ArtifactFolder Expand(App app, IEnumerable<string> names)
    {
        var files = new List<string>();
        var skipped = new List<(string, string)>();
        foreach (var name in names)
        {
            ArtifactFile.RequireExists(app, name);
            var absolute = app.Resolve(name);
            if (!System.IO.Directory.Exists(absolute))
            {
                files.Add(name);
                continue;
            }

            foreach (var (path, reason) in Entries(absolute, [RealPath(absolute)], 0).OrderBy(entry => entry.Path, StringComparer.Ordinal))
            {
                var shown = Path.Combine(name, Path.GetRelativePath(absolute, path));
                if (reason is null)
                {
                    files.Add(shown);
                }
                else
                {
                    skipped.Add((shown, reason));
                }
            }
        }

        return files.Count > 0
            ? new ArtifactFolder([.. files.Distinct(StringComparer.Ordinal)], skipped)
            : throw new CommandFailure($"no artifact found in {string.Join(", ", names)}");
    }

    /// <summary>Every file with the reason why it is no artifact, or null where it is one.</summary>
    private static IEnumerable<(string Path, string? Reason)> Entries(string folder, HashSet<string> linked, int depth)
    {
        if (depth > MaximumDepth)
        {
            throw new CommandFailure($"folder too deep: {folder} (more than {MaximumDepth} levels)");
        }

        foreach (var entry in System.IO.Directory.EnumerateFileSystemEntries(folder))
        {
            if (Path.GetFileName(entry).StartsWith('.'))
            {
                yield return (entry, "hidden");
            }
            else if (!System.IO.Directory.Exists(entry))
            {
                yield return (entry, Companion.WhyNoArtifact(entry));
            }
            else if (new DirectoryInfo(entry).ResolveLinkTarget(returnFinalTarget: true) is { } target && !linked.Add(Path.TrimEndingDirectorySeparator(target.FullName)))
            {
                // A link that was followed once: what lies behind it is judged already, and it may lead back here.
                yield return (entry, $"a link to {target.FullName}, which was looked at");
            }
            else
            {
                foreach (var inside in Entries(entry, linked, depth + 1))
                {
                    yield return inside;
                }
            }
        }
    }

    private static string RealPath(string folder) => Path.TrimEndingDirectorySeparator(new DirectoryInfo(folder).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? folder);
}
