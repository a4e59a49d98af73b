namespace Aixv.Cli.Guessing;

/// <summary>The words and lists of words at the top of a model card; anything more deeply nested is passed over.</summary>
/// <remarks>Of YAML, only what model cards use: <c>key: word</c>, <c>key: [a, b]</c>, and lines of <c>- word</c> under a key.</remarks>
internal sealed class FrontMatter
{
    private const string Fence = "---";
    private const int MaximumItems = 1000;
    private readonly Dictionary<string, List<string>> values = new(StringComparer.Ordinal);

    public static FrontMatter Parse(string text)
    {
        var matter = new FrontMatter();
        var lines = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n');
        if (lines[0].TrimEnd() != Fence)
        {
            return matter;
        }

        List<string>? list = null;
        foreach (var line in lines.Skip(1).TakeWhile(line => line.TrimEnd() != Fence))
        {
            list = matter.Read(line, list);
        }

        return matter;
    }

    /// <summary>Reads a line, and returns the list that following items belong to.</summary>
    private List<string>? Read(string line, List<string>? list)
    {
        var text = line.Trim();
        if (text.Length == 0 || text[0] == '#')
        {
            return list;
        }

        if (text.StartsWith("- ", StringComparison.Ordinal))
        {
            if (list is { Count: < MaximumItems } && Word(text[2..]) is { } item)
            {
                list.Add(item);
            }

            return list;
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (char.IsWhiteSpace(line[0]) || colon <= 0)
        {
            return null;
        }

        var items = new List<string>();
        values.TryAdd(text[..colon].Trim(), items);
        var rest = text[(colon + 1)..].Trim();
        items.AddRange(rest is ['[', .. var inner, ']'] ? inner.Split(',').Select(Word).OfType<string>().Take(MaximumItems) : Word(rest) is { } word ? [word] : []);
        return items;
    }

    /// <summary>A word without its quotes and its comment; null for what is none: a nested map, a block of text.</summary>
    private static string? Word(string text)
    {
        var word = text.Trim();
        if (word is ['"' or '\'', .., _] && word[0] == word[^1])
        {
            return word[1..^1];
        }

        var comment = word.IndexOf(" #", StringComparison.Ordinal);
        word = comment < 0 ? word : word[..comment].TrimEnd();
        return word.Length == 0 || word[0] is '{' or '[' or '|' or '>' or '&' or '*' || word.Contains(": ", StringComparison.Ordinal) || word.EndsWith(':') ? null : word;
    }

    public IReadOnlyList<string> All(string key) => values.GetValueOrDefault(key) ?? [];

    public string? One(string key) => All(key) is [var only] ? only : null;
}
