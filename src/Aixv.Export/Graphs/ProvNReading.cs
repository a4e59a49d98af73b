using System.Text.RegularExpressions;

namespace Aixv.Export.Graphs;

/// <summary>Reads PROV-N by its grammar (PROV-N §3), as far as its shape goes: statements, their arguments and attributes, and declared prefixes.</summary>
internal static partial class ProvNReading
{
    private static readonly HashSet<string> Records = new(StringComparer.Ordinal)
    {
        "entity", "activity", "agent", "wasGeneratedBy", "used", "wasInformedBy", "wasStartedBy", "wasEndedBy", "wasInvalidatedBy", "wasDerivedFrom",
        "wasAttributedTo", "wasAssociatedWith", "actedOnBehalfOf", "wasInfluencedBy", "specializationOf", "alternateOf", "hadMember", "mentionOf",
    };

    public static bool IsDocument(string text) => Tokens(text).FirstOrDefault().Text == "document";

    public static IEnumerable<string> Faults(string text)
    {
        var prefixes = new HashSet<string>(StringComparer.Ordinal) { "prov", "xsd" };
        var tokens = Tokens(text).ToList();
        var (open, at) = (0, 0);
        while (at < tokens.Count)
        {
            var (token, place) = tokens[at];
            switch (token)
            {
                case "document" or "bundle":
                    open++;
                    at += token == "bundle" ? 2 : 1;
                    break;
                case "endDocument" or "endBundle":
                    open--;
                    at++;
                    break;
                case "prefix" when at + 2 < tokens.Count && tokens[at + 2].Text.StartsWith('<'):
                    prefixes.Add(tokens[at + 1].Text);
                    at += 3;
                    break;
                case "default":
                    at += 2;
                    break;
                default:
                    if ((!Records.Contains(token) && !token.Contains(':', StringComparison.Ordinal)) || at + 1 >= tokens.Count || tokens[at + 1].Text != "(")
                    {
                        yield return $"character {place}: a record is expected, found {token[..Math.Min(token.Length, 40)]}";
                        yield break;
                    }

                    var end = tokens.FindIndex(at, t => t.Text == ")");
                    if (end < 0)
                    {
                        yield return $"character {place}: the record does not end";
                        yield break;
                    }

                    foreach (var name in tokens[(at + 2)..end].Where(t => QualifiedName.IsMatch(t.Text)))
                    {
                        var prefix = name.Text.Trim('\'').Split(':')[0];
                        if (!prefixes.Contains(prefix))
                        {
                            yield return $"character {name.Place}: the prefix {prefix} is not declared";
                        }
                    }

                    at = end + 1;
                    break;
            }
        }

        if (open != 0)
        {
            yield return "document and bundle are not each ended once";
        }
    }

    private static IEnumerable<(string Text, int Place)> Tokens(string text)
    {
        for (var match = Token.Match(text); match.Success; match = match.NextMatch())
        {
            if (!match.Groups["space"].Success)
            {
                yield return (match.Value, match.Index);
            }
        }
    }

    [GeneratedRegex("""(?<space>\s+|//[^\n]*|/\*.*?\*/)|"(?:[^"\\]|\\.)*"|<[^>\s]*>|'[^']*'|%%|[()\[\],=;]|[^\s()\[\],=;"<>']+|.""", RegexOptions.Singleline | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Token { get; }

    [GeneratedRegex("^'?[A-Za-z_][A-Za-z0-9_.-]*:[^0-9:][^:]*'?$|^'?[A-Za-z_][A-Za-z0-9_.-]*:[0-9a-f-]{20,}'?$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex QualifiedName { get; }
}
