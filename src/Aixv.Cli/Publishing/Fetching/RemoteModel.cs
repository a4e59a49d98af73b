namespace Aixv.Cli.Publishing.Fetching;

/// <summary>What a place has of a model.</summary>
/// <param name="Shown">The place, for people; with the commit or digest that was looked at.</param>
/// <param name="FolderName">What a folder of it is called by default.</param>
/// <param name="Skipped">What is there and cannot be taken, and why.</param>
internal sealed record RemoteModel(
    string Shown, string FolderName, IReadOnlyList<RemoteFile> Files, IReadOnlyList<RemoteBundle> Bundles, IReadOnlyList<(string Path, string Reason)> Skipped);
