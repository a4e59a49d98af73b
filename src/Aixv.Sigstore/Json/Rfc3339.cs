using System.Globalization;
using System.Text.RegularExpressions;

namespace Aixv.Sigstore.Json;

/// <summary>RFC 3339 times. .NET's parsers take neither nine fractional digits nor refuse everything else.</summary>
public static partial class Rfc3339
{
    [GeneratedRegex(@"^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,18}))?(Z|[+-]\d\d:\d\d)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();

    /// <summary>Reads a time; fractions finer than 100 ns are cut, never rounded up.</summary>
    public static bool TryParse(string text, out DateTimeOffset time)
    {
        time = default;
        var match = Shape().Match(text);
        if (!match.Success)
        {
            return false;
        }

        var fraction = match.Groups[2].Value.PadRight(7, '0')[..7];
        var zone = match.Groups[3].Value == "Z" ? "+00:00" : match.Groups[3].Value;
        return DateTimeOffset.TryParseExact(
            $"{match.Groups[1].Value}.{fraction}{zone}", "yyyy-MM-dd'T'HH:mm:ss.fffffffzzz", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out time);
    }

    /// <summary>Writes a time in UTC with seconds and <c>Z</c>; milliseconds only where there are any.</summary>
    public static string Format(DateTimeOffset time)
    {
        var utc = time.ToUniversalTime();
        return utc.ToString(utc.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
    }
}
