using System.Globalization;
using System.Text;

namespace Aixv.Export.Reports;

/// <summary>Untrusted text as people may see it: nothing invisible, nothing that changes the direction of reading, nothing endless.</summary>
internal static class ShownText
{
    /// <summary>Controls and format characters are named (<c>⟨U+202E⟩</c>), breaks of lines are shown as <c>⏎</c>, long text is cut and says so.</summary>
    /// <param name="maximum">How many characters are shown.</param>
    public static string Of(string text, int maximum = 240)
    {
        ArgumentNullException.ThrowIfNull(text);
        var result = new StringBuilder(Math.Min(text.Length, maximum) + 16);
        var shown = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (shown++ == maximum)
            {
                result.Append(CultureInfo.InvariantCulture, $"… ({text.EnumerateRunes().Count():N0} characters)");
                break;
            }

            Append(result, rune);
        }

        return result.ToString();
    }

    /// <summary>The same without a word on what was cut.</summary>
    public static string Short(string text, int maximum)
    {
        var runes = text.EnumerateRunes().Take(maximum + 1).ToList();
        var result = new StringBuilder(maximum + 1);
        foreach (var rune in runes.Take(runes.Count > maximum ? maximum - 1 : maximum))
        {
            if (IsInvisible(rune))
            {
                result.Append('\uFFFD');
            }
            else
            {
                result.Append(rune.ToString());
            }
        }

        return runes.Count > maximum ? result.Append('…').ToString() : result.ToString();
    }

    /// <summary>Whether a reader cannot see it as what it is.</summary>
    public static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse;

    private static void Append(StringBuilder result, Rune rune)
    {
        if (rune.Value == '\n')
        {
            result.Append('⏎');
        }
        else if (IsInvisible(rune))
        {
            result.Append(CultureInfo.InvariantCulture, $"⟨U+{rune.Value:X4}⟩");
        }
        else
        {
            result.Append(rune.ToString());
        }
    }
}
