using System.Globalization;

namespace Aixv.Track.Pages;

/// <summary>Badges as SVG. Nothing in them is anybody's text.</summary>
internal static class Badge
{
    private const string Label = "AIXV";
    private const double LetterWidth = 6.6;
    private const int Padding = 7;

    /// <summary>The icon of the pages: two things, and the link that is proved.</summary>
    public const string Icon = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path d="M4 12 12 4" stroke="#0b6e4f" stroke-width="2"/><circle cx="4" cy="12" r="3" fill="#0b6e4f"/><circle cx="12" cy="4" r="2.5" fill="#fff" stroke="#0b6e4f"/></svg>""";

    public static string Of(BadgeState state)
    {
        var (word, colour) = state switch
        {
            BadgeState.Unknown => ("unknown", "#5c6370"),
            BadgeState.Described => ("described", "#5c6370"),
            BadgeState.Identified => ("identified", "#0a5a8a"),
            BadgeState.Attested => ("✓ attested", "#0b6e4f"),
            BadgeState.Affected => ("! recalled ancestor", "#9a3412"),
            BadgeState.Recalled => ("✕ recalled", "#b3261e"),
        };
        var (left, right) = (WidthOf(Label), WidthOf(word));
        var (labelAt, wordAt) = (left / 2, left + (right / 2));
        return string.Create(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="20" role="img" aria-label="{Label}: {word}"><title>{Label}: {word}</title><rect width="{left + right}" height="20" rx="3" fill="#2b2f36"/><path d="M{left} 0h{right - 3}a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3H{left}z" fill="{colour}"/><g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" text-anchor="middle"><text x="{labelAt}" y="14" textLength="{left - (2 * Padding)}">{Label}</text><text x="{wordAt}" y="14" textLength="{right - (2 * Padding)}">{word}</text></g></svg>

            """);
    }

    private static int WidthOf(string word) => (int)Math.Ceiling(word.Length * LetterWidth) + (2 * Padding);
}
