namespace Aixv.Export.Graphs;

/// <summary>The lexical rules of DOT: strings, comments and brackets that end.</summary>
internal static class DotReading
{
    /// <summary>Whether the text begins as a graph does: <c>[strict] (graph|digraph) [id] {</c>.</summary>
    public static bool IsGraph(string text)
    {
        var words = text[..Math.Min(text.Length, 4096)].Split((char[])[' ', '\t', '\r', '\n', '{'], 4, StringSplitOptions.RemoveEmptyEntries);
        var first = words.Length > 1 && words[0].Equals("strict", StringComparison.OrdinalIgnoreCase) ? words[1] : words.Length > 0 ? words[0] : "";
        return (first.Equals("digraph", StringComparison.OrdinalIgnoreCase) || first.Equals("graph", StringComparison.OrdinalIgnoreCase)) && text.Contains('{', StringComparison.Ordinal);
    }

    public static IEnumerable<string> Faults(string text)
    {
        var open = new Stack<char>();
        for (var i = 0; i < text.Length; i++)
        {
            var end = text[i] switch
            {
                '"' => EndOfString(text, i),
                '/' when Follows(text, i, '/') => EndOf(text, "\n", i),
                '#' when i == 0 || text[i - 1] == '\n' => EndOf(text, "\n", i),
                '/' when Follows(text, i, '*') => text.IndexOf("*/", i + 2, StringComparison.Ordinal) is >= 0 and var at ? at + 1 : -1,
                '<' => EndOfHtml(text, i),
                _ => i,
            };
            if (end < 0)
            {
                yield return $"character {i}: a string or comment does not end";
                yield break;
            }

            i = end;
            if (text[i] is '{' or '[')
            {
                open.Push(text[i]);
            }
            else if (text[i] is '}' or ']' && (!open.TryPop(out var opened) || (opened == '{') != (text[i] == '}')))
            {
                yield return $"character {i}: {text[i]} closes nothing";
                yield break;
            }
        }

        if (open.Count > 0)
        {
            yield return $"{open.Count} brackets are not closed";
        }
    }

    private static bool Follows(string text, int at, char next) => at + 1 < text.Length && text[at + 1] == next;

    private static int EndOf(string text, string mark, int from) => text.IndexOf(mark, from, StringComparison.Ordinal) is >= 0 and var at ? at : text.Length - 1;

    /// <summary>The closing quote; only <c>\"</c> and <c>\\</c> are escapes here.</summary>
    private static int EndOfString(string text, int from)
    {
        for (var i = from + 1; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == '"')
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The end of an HTML string, in which angle brackets are paired.</summary>
    private static int EndOfHtml(string text, int from)
    {
        var depth = 0;
        for (var i = from; i < text.Length; i++)
        {
            depth += text[i] switch { '<' => 1, '>' => -1, _ => 0 };
            if (depth == 0)
            {
                return i;
            }
        }

        return -1;
    }
}
