using System.Text.RegularExpressions;

namespace Aixv.Export.Graphs;

/// <summary>The lexical rules of Turtle: strings, addresses and brackets that end, prefixes that are declared.</summary>
internal static partial class TurtleReading
{
    /// <summary>Whether a prefix is declared for this namespace.</summary>
    public static bool Declares(string text, string space) => PrefixOf(text, space) is not null;

    /// <summary>Whether one of the namespace's names is used.</summary>
    public static bool Mentions(string text, string space, IEnumerable<string> names) =>
        PrefixOf(text, space) is { } prefix && names.Any(name => text.Contains($"{prefix}:{name}", StringComparison.Ordinal));

    private static string? PrefixOf(string text, string space)
    {
        foreach (Match match in Declaration.Matches(text[..Math.Min(text.Length, 64 * 1024)]))
        {
            if (match.Groups["uri"].Value == space)
            {
                return match.Groups["prefix"].Value;
            }
        }

        return null;
    }

    public static IEnumerable<string> Faults(string text)
    {
        var prefixes = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<char>();
        var directive = 0;
        for (var match = Token.Match(text); match.Success; match = match.NextMatch())
        {
            var token = match.Value;
            if (token is "@prefix" || token.Equals("PREFIX", StringComparison.OrdinalIgnoreCase))
            {
                directive = 1;
            }
            else if (match.Groups["name"].Success)
            {
                var prefix = token[..token.IndexOf(':', StringComparison.Ordinal)];
                if (directive == 1)
                {
                    prefixes.Add(prefix);
                    directive = 0;
                }
                else if (prefix != "_" && !prefixes.Contains(prefix))
                {
                    yield return $"character {match.Index}: the prefix {prefix} is not declared";
                    yield break;
                }
            }
            else if (token is "[" or "(")
            {
                open.Push(token[0]);
            }
            else if (token is "]" or ")" && (!open.TryPop(out var opened) || (opened == '[') != (token == "]")))
            {
                yield return $"character {match.Index}: {token} closes nothing";
                yield break;
            }
            else if (match.Groups["other"].Success)
            {
                yield return $"character {match.Index}: a string or an address does not end";
                yield break;
            }
        }

        if (open.Count > 0)
        {
            yield return $"{open.Count} brackets are not closed";
        }
    }

    [GeneratedRegex("""@?prefix\s+(?<prefix>[A-Za-z][\w.-]*)?:\s*<(?<uri>[^>\s]*)>""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Declaration { get; }

    [GeneratedRegex(""""\s+|#[^\n]*|"""(?:[^"\\]|\\.|"[^"]|""[^"])*"""|"(?:[^"\\\n\r]|\\.)*"|'''(?:[^'\\]|\\.|'[^']|''[^'])*'''|'(?:[^'\\\n\r]|\\.)*'|<[^<>"{}|^`\\\s]*>|(?<name>[\p{L}_]?[\p{L}\p{N}_.-]*:(?:[\p{L}\p{N}_:.%~-]|\\.)*)|@[A-Za-z0-9-]+|[\p{L}\p{N}_+.-]+|[\[\](),;^]|(?<other>["'<].*?\n)|."""", RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Token { get; }
}
