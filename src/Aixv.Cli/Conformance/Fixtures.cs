using System.Text.Json.Nodes;
using Aixv.Protocol.Statements;

namespace Aixv.Cli.Conformance;

/// <summary>The data files of <c>testdata/conformance</c> and <c>testdata/vectors/sigstore</c>, shipped inside.</summary>
internal static class Fixtures
{
    private const string Prefix = "conformance/";
    private const int MaximumBytes = 8 * 1024 * 1024;

    /// <summary>By name; a build on Windows names them with backslashes.</summary>
    private static readonly Dictionary<string, string> Resources = typeof(Fixtures).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToDictionary(name => name.Replace('\\', '/'), StringComparer.Ordinal);

    /// <summary>The files with vectors, by name.</summary>
    public static IReadOnlyList<string> Groups { get; } =
        [.. Resources.Keys.Where(name => name.StartsWith($"{Prefix}vectors/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    public static JsonObject ReadGroup(string name) => SortedJson.ParseObject(ReadResource(name), name, MaximumBytes);

    /// <summary>A file that vectors refer to, as <c>fixtures/model.bin</c> or <c>sigstore/a.txt</c>.</summary>
    /// <exception cref="FormatException">There is no such file.</exception>
    public static byte[] Read(string path) => ReadResource(Prefix + path);

    private static byte[] ReadResource(string name)
    {
        using var stream = Resources.TryGetValue(name, out var resource)
            ? typeof(Fixtures).Assembly.GetManifestResourceStream(resource)!
            : throw new FormatException($"no fixture of the name {name}");
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
