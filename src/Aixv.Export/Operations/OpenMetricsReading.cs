using System.Text.RegularExpressions;

namespace Aixv.Export.Operations;

/// <summary>The grammar of OpenMetrics 1.0 text, and what it asks of families.</summary>
internal static partial class OpenMetricsReading
{
    public static IEnumerable<string> Faults(string text)
    {
        var lines = text.Split('\n');
        var families = new HashSet<string>(StringComparer.Ordinal);
        var samples = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < lines.Length - 1; i++)
        {
            var (line, place) = (lines[i], $"line {i + 1}");
            if (line == "# EOF")
            {
                if (i != lines.Length - 2)
                {
                    yield return $"{place}: something follows the end";
                }
            }
            else if (Descriptor.Match(line) is { Success: true } match)
            {
                var (kind, name) = (match.Groups["kind"].Value, match.Groups["name"].Value);
                if (kind == "TYPE" && !families.Add(name))
                {
                    yield return $"{place}: the family {name} is there twice";
                }

                if (kind == "UNIT" && match.Groups["rest"].Value is { Length: > 0 } unit && !name.EndsWith($"_{unit}", StringComparison.Ordinal))
                {
                    yield return $"{place}: the name {name} must end with its unit _{unit}";
                }
            }
            else if (!Sample.IsMatch(line))
            {
                yield return $"{place}: neither a descriptor nor a sample";
            }
            else if (!samples.Add(line[..(line.LastIndexOf('}') + 1 is > 0 and var end ? end : line.IndexOf(' ', StringComparison.Ordinal))]))
            {
                yield return $"{place}: the same labels are there twice";
            }
        }

        if (lines[^1].Length > 0 || lines.Length < 2 || lines[^2] != "# EOF")
        {
            yield return "the last line must be # EOF";
        }
    }

    [GeneratedRegex("^# (?<kind>TYPE|UNIT|HELP) (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<rest>.*)$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Descriptor { get; }

    [GeneratedRegex("""^[a-zA-Z_:][a-zA-Z0-9_:]*(\{([a-zA-Z_][a-zA-Z0-9_]*="([^"\\\n]|\\["\\n])*"(,[a-zA-Z_][a-zA-Z0-9_]*="([^"\\\n]|\\["\\n])*")*)?\})? ([+-]?[0-9]*\.?[0-9]+([eE][+-]?[0-9]+)?|[+-]?[Ii]nf|NaN)( [0-9.eE+-]+)?( # .*)?$""", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Sample { get; }
}
