using System.Runtime.CompilerServices;

namespace Aixv.Architecture.Tests;

/// <summary>The files of this repository: all but what .gitignore names.</summary>
internal static class Checkout
{
    private static readonly string[] Ignored = [".git", ".vs", ".aixv", "artifacts", "bin", "obj", "node_modules", "TestResults"];

    internal static string Folder { get; } = Path.GetFullPath(Path.Combine(Here(), "..", ".."));

    /// <summary>Paths from <see cref="Folder"/>, with <c>/</c>.</summary>
    internal static IReadOnlyList<string> Files { get; } = [.. Walk(new DirectoryInfo(Folder)).Order(StringComparer.Ordinal)];

    internal static IEnumerable<string> CodeFiles => Files.Where(f => f.EndsWith(".cs", StringComparison.Ordinal));

    internal static IEnumerable<string> SourceFiles => CodeFiles.Where(f => f.StartsWith("src/", StringComparison.Ordinal));

    internal static IEnumerable<string> Projects => Files.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal));

    internal static string Read(string path) => File.ReadAllText(Path.Combine(Folder, path));

    private static IEnumerable<string> Walk(DirectoryInfo folder) => folder.EnumerateFileSystemInfos()
        .Where(i => !Ignored.Contains(i.Name) && i.LinkTarget is null)
        .SelectMany(i => i is DirectoryInfo d ? Walk(d) : [Path.GetRelativePath(Folder, i.FullName).Replace('\\', '/')]);

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
