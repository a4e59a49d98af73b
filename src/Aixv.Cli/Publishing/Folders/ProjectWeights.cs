namespace Aixv.Cli.Publishing.Folders;

/// <summary>Which files of a folder a command is about.</summary>
internal static class ProjectWeights
{
    /// <summary>Those that are named; else those of aixv.json; else what of the folder looks like weights. As the user would write them.</summary>
    /// <exception cref="CommandFailure">There are none.</exception>
    public static IReadOnlyList<string> Of(App app, string folder, IReadOnlyList<string> named, ProjectFile project)
    {
        if (named.Count > 0)
        {
            return [.. named.Distinct(StringComparer.Ordinal)];
        }

        var files = project.Weights.Count > 0 ? project.Weights : ModelWeights.Find(app.Resolve(folder.Length == 0 ? "." : folder));
        return files.Count > 0
            ? [.. files.Select(file => Path.Combine(folder, file))]
            : throw new CommandFailure($"no weights found in {(folder.Length == 0 ? "." : folder)}: name the model's files with --weights FILE");
    }
}
