namespace Aixv.Cli.Publishing.Folders;

/// <summary>Paths that others name, which must not lead out of the folder that they are put into.</summary>
internal static class SafePath
{
    private const int MaximumLength = 1024;
    private const int MaximumPart = 255;

    /// <summary>Device names that Windows gives a meaning in every folder.</summary>
    private static readonly string[] Devices =
        ["CON", "PRN", "AUX", "NUL", .. Enumerable.Range(0, 10).SelectMany(n => (string[])[$"COM{n}", $"LPT{n}"])];

    /// <summary>Whether it names a file below a folder on every system: relative, forward slashes, no part that goes up or is hidden from view.</summary>
    public static bool IsRelative(string path) => path.Length is > 0 and <= MaximumLength && path.Split('/').All(IsPart);

    private static bool IsPart(string part) =>
        part.Length is > 0 and <= MaximumPart && part is not ("." or "..") && part[^1] is not (' ' or '.')
        && !part.Any(unit => char.IsControl(unit) || char.GetUnicodeCategory(unit) == System.Globalization.UnicodeCategory.Format || unit is '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|')
        && !Devices.Contains(part.Split('.')[0], StringComparer.OrdinalIgnoreCase);
}
