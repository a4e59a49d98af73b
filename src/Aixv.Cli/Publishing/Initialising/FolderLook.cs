using Aixv.Cli.Guessing;
using Aixv.Cli.Publishing.Folders;

namespace Aixv.Cli.Publishing.Initialising;

/// <summary>What a folder says of the model in it, without being asked anything.</summary>
/// <param name="Weights">Paths from the folder.</param>
/// <param name="Hub">The model's name on a hub; null where nothing says it.</param>
/// <param name="Card">The card's file; null where there is none.</param>
/// <param name="Ci">Which CI system's workflow fits.</param>
/// <param name="RepositoryRoot">The folder of the git repository, or the folder itself.</param>
internal sealed record FolderLook(IReadOnlyList<string> Weights, HubName? Hub, string? Card, CiSystem Ci, string RepositoryRoot)
{
    private const string CacheFolder = "models--";

    /// <param name="hub">The address of the hub: a clone from there names the model.</param>
    public static FolderLook At(string folder, Uri hub)
    {
        var root = RootOf(folder);
        var remote = GitHead.Find(folder)?.Remote;
        return new FolderLook(
            ModelWeights.Find(folder),
            HubOf(remote, hub) ?? CachedAs(folder),
            Array.Find(System.IO.Directory.GetFiles(folder), path => Path.GetFileName(path).Equals("README.md", StringComparison.OrdinalIgnoreCase)) is { } card ? Path.GetFileName(card) : null,
            CiOf(root, remote),
            root);
    }

    private static string RootOf(string folder)
    {
        for (var place = folder; place is not null; place = Path.GetDirectoryName(place))
        {
            if (Path.Exists(Path.Combine(place, ".git")))
            {
                return place;
            }
        }

        return folder;
    }

    private static HubName? HubOf(string? remote, Uri hub) =>
        remote is not null && Uri.TryCreate(remote.Split('@') is [var address, _] ? address : remote, UriKind.Absolute, out var uri) && (uri.Host is "huggingface.co" or "hf.co" || uri.Authority == hub.Authority)
        && HubName.TryParse(Repository(uri.AbsolutePath), out var name) ? name : null;

    private static string Repository(string path) => path.Trim('/') is var name && name.EndsWith(".git", StringComparison.Ordinal) ? name[..^4] : name;

    /// <summary>A hub's cache keeps a model in <c>models--org--name/snapshots/COMMIT</c>.</summary>
    private static HubName? CachedAs(string folder)
    {
        var kept = folder.Split(Path.DirectorySeparatorChar).LastOrDefault(part => part.StartsWith(CacheFolder, StringComparison.Ordinal));
        return kept?[CacheFolder.Length..].Split("--") is [var organisation, var model] && HubName.TryParse($"{organisation}/{model}", out var name) ? name : null;
    }

    private static CiSystem CiOf(string root, string? remote) =>
        System.IO.Directory.Exists(Path.Combine(root, ".github")) ? CiSystem.GitHub
        : File.Exists(Path.Combine(root, ".gitlab-ci.yml")) || (remote is not null && Uri.TryCreate(remote, UriKind.Absolute, out var uri) && uri.Host.Contains("gitlab", StringComparison.OrdinalIgnoreCase)) ? CiSystem.GitLab
        : CiSystem.GitHub;
}
