namespace Aixv.Export.Catalogs;

/// <summary>Reads as much of block YAML as tells what a document is: the members of its mappings, by their paths.</summary>
internal static class YamlReading
{
    private const int MaximumLines = 10_000;

    /// <summary>Scalars by path (<c>spec.model.path</c>; items of lists share their list's path); empty for what is not on the member's line.</summary>
    public static IReadOnlyDictionary<string, string> Members(string text)
    {
        var members = new Dictionary<string, string>(StringComparer.Ordinal);
        var path = new Stack<(int Indent, string Path)>();
        var number = 0;
        foreach (var raw in text.AsSpan().EnumerateLines())
        {
            if (number++ > MaximumLines)
            {
                break;
            }

            var line = raw.TrimEnd().ToString();
            var indent = line.Length - line.TrimStart().Length;
            while (indent < line.Length && line[indent] == '-' && (indent + 1 == line.Length || line[indent + 1] == ' '))
            {
                indent += 1 + (line.Length - indent - 1 - line[(indent + 1)..].TrimStart().Length);
            }

            var content = line[Math.Min(indent, line.Length)..];
            if (content.Length == 0 || content[0] is '#' or '%' || content is "---" || Colon(content) is not (> 0 and var colon))
            {
                continue;
            }

            while (path.TryPeek(out var top) && top.Indent >= indent)
            {
                path.Pop();
            }

            var name = Unquoted(content[..colon]);
            var full = path.TryPeek(out var parent) ? $"{parent.Path}.{name}" : name;
            path.Push((indent, full));
            members.TryAdd(full, Unquoted(content[(colon + 1)..].Trim()));
        }

        return members;
    }

    /// <summary>The colon that ends a key: followed by a blank or nothing.</summary>
    private static int Colon(string content)
    {
        var start = content[0] is '"' or '\'' ? content.IndexOf(content[0], 1) : 0;
        for (var i = Math.Max(start, 0); i < content.Length; i++)
        {
            if (content[i] == ':' && (i + 1 == content.Length || content[i + 1] == ' '))
            {
                return i;
            }
        }

        return -1;
    }

    private static string Unquoted(string text)
    {
        if (text.Length >= 2 && text[0] is '"' or '\'' && text[^1] == text[0])
        {
            return text[1..^1];
        }

        var comment = text.IndexOf(" #", StringComparison.Ordinal);
        return (comment >= 0 ? text[..comment] : text).Trim();
    }
}
