using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;

namespace Aixv.Track.Pages;

/// <summary>Script, style and fonts of the pages, as they were built into this program; there are none where it was built without npm.</summary>
internal sealed class PageAssets
{
    private const string Prefix = "web/";
    private const string Hidden = $"{Prefix}.";
    private const string ManifestName = $"{Hidden}vite/manifest.json";
    private const string ScriptEntry = "src/main.ts";
    private const string ThemeEntry = "src/theme.ts";

    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>
    {
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".woff2"] = "font/woff2",
        [".txt"] = "text/plain; charset=utf-8",
        [".json"] = "application/json",
        [".png"] = "image/png",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly FrozenDictionary<string, Asset> files;

    private PageAssets(FrozenDictionary<string, Asset> files) => this.files = files;

    /// <summary>The address of the script that is run before anything is painted; null without one.</summary>
    public string? Theme { get; private init; }

    public string? Script { get; private init; }

    public IReadOnlyList<string> Styles { get; private init; } = [];

    public string Icon => files.ContainsKey("assets/icon.svg") ? "/assets/icon.svg" : "/favicon.svg";

    /// <summary>The paths of all files, from the root of the site.</summary>
    public IEnumerable<string> Paths => files.Keys;

    /// <summary>The file at this address below <c>/</c>.</summary>
    public Asset? Find(string path) => files.GetValueOrDefault(path);

    /// <summary>The assets of this assembly.</summary>
    public static PageAssets Load()
    {
        var assembly = typeof(PageAssets).Assembly;
        var files = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && !name.StartsWith(Hidden, StringComparison.Ordinal) && Types.ContainsKey(Path.GetExtension(name)))
            .ToFrozenDictionary(name => name[Prefix.Length..], name => AssetOf(assembly, name), StringComparer.Ordinal);
        if (!assembly.GetManifestResourceNames().Contains(ManifestName))
        {
            return new PageAssets(files);
        }

        using var manifest = JsonDocument.Parse(Read(assembly, ManifestName));
        var json = manifest.RootElement;
        return new PageAssets(files) { Theme = FileOf(json, ThemeEntry), Script = FileOf(json, ScriptEntry), Styles = StylesOf(json, ScriptEntry, []) };
    }

    private static Asset AssetOf(Assembly assembly, string name) =>
        new(Types[Path.GetExtension(name)], Read(assembly, name), TryRead(assembly, $"{name}.br"), TryRead(assembly, $"{name}.gz"));

    private static byte[]? TryRead(Assembly assembly, string name) => assembly.GetManifestResourceInfo(name) is null ? null : Read(assembly, name);

    private static byte[] Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private static string? FileOf(JsonElement manifest, string entry) =>
        manifest.TryGetProperty(entry, out var chunk) && chunk.TryGetProperty("file", out var file) ? $"/{file.GetString()}" : null;

    /// <summary>The stylesheets of an entry and of what it imports.</summary>
    private static List<string> StylesOf(JsonElement manifest, string entry, HashSet<string> seen)
    {
        var found = new List<string>();
        if (seen.Add(entry) && manifest.TryGetProperty(entry, out var chunk))
        {
            found.AddRange(chunk.TryGetProperty("imports", out var imports) ? imports.EnumerateArray().SelectMany(i => StylesOf(manifest, i.GetString()!, seen)) : []);
            found.AddRange(chunk.TryGetProperty("css", out var css) ? css.EnumerateArray().Select(c => $"/{c.GetString()}") : []);
        }

        return found;
    }
}
