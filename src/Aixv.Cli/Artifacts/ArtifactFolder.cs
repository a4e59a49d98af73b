namespace Aixv.Cli.Artifacts;

/// <summary>The artifacts among the files that a user names.</summary>
internal static class ArtifactFolder
{
    private static readonly string[] Companions = [".sigstore.json", ".statement.json", ".rollback.json"];

    /// <summary>The files as they are; of folders all files in them, but those that aixv itself writes and what is hidden.</summary>
    /// <exception cref="CommandFailure">There is no such file, or no artifact at all.</exception>
    public static IReadOnlyList<string> Expand(App app, IEnumerable<string> names)
    {
        var files = new List<string>();
        foreach (var name in names)
        {
            ArtifactFile.RequireExists(app, name);
            var absolute = app.Resolve(name);
            files.AddRange(System.IO.Directory.Exists(absolute)
                ? Files(absolute).Select(path => Path.Combine(name, Path.GetRelativePath(absolute, path))).Order(StringComparer.Ordinal)
                : [name]);
        }

        return files.Count > 0 ? [.. files.Distinct(StringComparer.Ordinal)] : throw new CommandFailure($"no artifact found in {string.Join(", ", names)}");
    }

    private static IEnumerable<string> Files(string folder)
    {
        foreach (var entry in System.IO.Directory.EnumerateFileSystemEntries(folder).Where(path => !Path.GetFileName(path).StartsWith('.')))
        {
            if (!System.IO.Directory.Exists(entry))
            {
                if (!Companions.Any(ending => entry.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
                {
                    yield return entry;
                }
            }
            else if (new DirectoryInfo(entry).LinkTarget is null)
            {
                foreach (var file in Files(entry))
                {
                    yield return file;
                }
            }
        }
    }
}
