namespace Aixv.Cli.Importing.Graphs;

/// <summary>A node of somebody's graph, on its way to a registry.</summary>
internal sealed class GraphNode(string id, string name, string kind)
{
    private const int MaximumValue = 2048;
    private const int MaximumText = 8000;
    private const int MaximumProperties = 60;
    private const int MaximumLinks = 500;
    private const int MaximumName = 512;
    private const int MaximumKey = 1024;
    private int written;
    private readonly List<(string Name, string Value)> properties = [];
    private readonly List<(string Relation, string Target)> links = [];

    public string Id => id;

    public string Name { get; } = name.Length <= MaximumName ? name : name[..MaximumName];

    public string Kind { get; set; } = kind;

    /// <summary><c>sha256:…</c> of the one file that it is; null where there is none.</summary>
    public string? Digest { get; set; }

    public IReadOnlyList<(string Name, string Value)> Properties => properties;

    public IReadOnlyList<(string Relation, string Target)> Links => links;

    /// <summary>Whether a registry takes it under this name.</summary>
    public static bool IsId(string id) => id.Length is > 0 and <= MaximumName && System.Text.Encoding.UTF8.GetByteCount(id) <= MaximumKey
        && !Guid.TryParseExact(id, "D", out _) && (!id.StartsWith("sha256:", StringComparison.Ordinal) || Sigstore.Artifacts.Digest.TryParse(id, null, out _));

    /// <summary>Adds what is known; what is too long is cut.</summary>
    public void Say(string property, string? value)
    {
        if (string.IsNullOrWhiteSpace(value) || properties.Count == MaximumProperties || properties.Exists(p => p.Name == property))
        {
            return;
        }

        var text = Printable(value.Length <= MaximumValue ? value : value[..MaximumValue]);
        written += property.Length + text.Length;
        if (written <= MaximumText)
        {
            properties.Add((property, text));
        }
    }

    private static string Printable(string text)
    {
        foreach (var c in text)
        {
            if (char.IsControl(c))
            {
                return string.Create(text.Length, text, static (to, from) =>
                {
                    for (var i = 0; i < to.Length; i++)
                    {
                        to[i] = char.IsControl(from[i]) ? ' ' : from[i];
                    }
                });
            }
        }

        return text;
    }

    /// <summary>It came from another node.</summary>
    public void Link(string relation, string target)
    {
        if (target != id && IsId(target) && links.Count < MaximumLinks && !links.Contains((relation, target)))
        {
            links.Add((relation, target));
        }
    }
}
