using System.Globalization;
using System.Text;
using Aixv.Export.Dossiers;

namespace Aixv.Export.Boms;

/// <summary>Untrusted text in SPDX 2.3, whose tag-value form has no escapes.</summary>
internal static class SpdxText
{
    public const string NoAssertion = "NOASSERTION";
    public const string None = "NONE";

    /// <summary>One line: breaks, controls and marks that change the direction become spaces, and no text tag is left.</summary>
    public static string Line(string text) => Block(Clean(text, keepBreaks: false)).Trim() is { Length: > 0 } line ? line : "-";

    /// <summary>Any text; an end tag within is broken up.</summary>
    public static string Block(string text) => Clean(text, keepBreaks: true)
        .Replace("<text>", "< text>", StringComparison.OrdinalIgnoreCase)
        .Replace("</text>", "< /text>", StringComparison.OrdinalIgnoreCase);

    /// <summary><c>Person: NAME (EMAIL)</c> or <c>Organization: …</c>.</summary>
    public static string Party(DeclaredParty party)
    {
        var email = CycloneDxParts.EmailOf(party);
        return $"{(party.IsPerson ? "Person" : "Organization")}: {Line(party.Name)}{(email is null ? "" : $" ({email})")}";
    }

    private static string Clean(string text, bool keepBreaks)
    {
        var result = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            var isBreak = rune.Value == '\n' && keepBreaks;
            var isHidden = Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
            result.Append(isHidden && !isBreak || rune.Value is 0xfffe or 0xffff ? " " : rune.ToString());
        }

        return result.ToString();
    }
}
