using System.Text;

namespace Aixv.Export.Reports;

/// <summary>Untrusted text in GitHub Flavored Markdown: it stays text, on one line, whatever it holds.</summary>
internal static class MarkdownText
{
    private const string Special = "\\`*_{}[]()<>#+-.!|~&:@/'\"=$^";

    /// <summary>Text for a paragraph, a heading or a cell of a table.</summary>
    /// <remarks>Every ASCII punctuation may be escaped by a backslash (CommonMark §2.4); so no emphasis, link, tag, mention, entity or table ends up in it.</remarks>
    public static string Of(string text, int maximum = 240)
    {
        var result = new StringBuilder();
        foreach (var unit in ShownText.Of(text, maximum))
        {
            switch (unit)
            {
                // No renderer may make these anything else; "@" and "&" are links and entities before escapes are looked at.
                case '<':
                    result.Append("&lt;");
                    break;
                case '&':
                    result.Append("&amp;");
                    break;
                case '@':
                    result.Append("&#64;");
                    break;
                case '|':
                    result.Append("&#124;");
                    break;
                case ':' or '.' or '/' or '-' or '\'' or '"' or '=' or '(' or ')' or '$' or '^':
                    result.Append(unit);
                    break;
                default:
                    if (Special.Contains(unit, StringComparison.Ordinal))
                    {
                        result.Append('\\');
                    }

                    result.Append(unit);
                    break;
            }
        }

        // The head of a line could be a list.
        var digits = 0;
        while (digits < result.Length && char.IsAsciiDigit(result[digits]))
        {
            digits++;
        }

        if (digits < result.Length && ((digits > 0 && result[digits] is '.' or ')' && (digits + 1 == result.Length || result[digits + 1] == ' ')) || (digits == 0 && result[0] == '-')))
        {
            result.Insert(digits, '\\');
        }

        // An address would be made a link of its own (GFM §6.9).
        return result.Replace("://", ":&#47;&#47;").Replace("www.", "www&#46;").ToString();
    }

    /// <summary>Text in a code span; a pipe has no escape in a code span that other renderers know.</summary>
    public static string Code(string text, int maximum = 240)
    {
        var shown = ShownText.Of(text, maximum);
        return shown.AsSpan().ContainsAny('`', '|', '\\') || shown.Length == 0 || shown.StartsWith(' ') || shown.EndsWith(' ') ? Of(text, maximum) : $"`{shown}`";
    }
}
