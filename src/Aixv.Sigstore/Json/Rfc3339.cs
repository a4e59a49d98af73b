using System.Globalization;

namespace Aixv.Sigstore.Json;

/// <summary>RFC 3339 times. .NET's parsers take neither nine fractional digits nor refuse everything else.</summary>
public static class Rfc3339
{
    private const string Seconds = "yyyy-MM-dd'T'HH:mm:ss";
    private const int SecondsLength = 19;
    private const int MaximumFraction = 18;

    /// <summary>Reads a time; fractions finer than 100 ns are cut, never rounded up.</summary>
    public static bool TryParse(string text, out DateTimeOffset time)
    {
        time = default;
        if (text is null || text.Length <= SecondsLength)
        {
            return false;
        }

        var fraction = Fraction(text);
        var zone = text.AsSpan(SecondsLength + (fraction.IsEmpty ? 0 : fraction.Length + 1));
        if (!DateTime.TryParseExact(text.AsSpan(0, SecondsLength), Seconds, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            || text[SecondsLength] == '.' && fraction.IsEmpty || fraction.Length > MaximumFraction || Offset(zone) is not { } offset)
        {
            return false;
        }

        var ticks = local.Ticks + Ticks(fraction) - offset.Ticks;
        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        time = new DateTimeOffset(ticks, TimeSpan.Zero);
        return true;
    }

    /// <summary>The digits after the point; empty without a point or without digits.</summary>
    private static ReadOnlySpan<char> Fraction(string text)
    {
        var end = SecondsLength + 1;
        while (text[SecondsLength] == '.' && end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return text.AsSpan(SecondsLength + 1, end - SecondsLength - 1);
    }

    private static long Ticks(ReadOnlySpan<char> fraction)
    {
        var ticks = 0L;
        for (var i = 0; i < 7; i++)
        {
            ticks = ticks * 10 + (i < fraction.Length ? fraction[i] - '0' : 0);
        }

        return ticks;
    }

    /// <summary><c>Z</c>, or <c>+hh:mm</c> and <c>-hh:mm</c> up to 14 hours.</summary>
    private static TimeSpan? Offset(ReadOnlySpan<char> zone)
    {
        if (zone is "Z")
        {
            return TimeSpan.Zero;
        }

        var hasShape = zone.Length == 6 && (zone[0] is '+' or '-') && zone[3] == ':'
            && char.IsAsciiDigit(zone[1]) && char.IsAsciiDigit(zone[2]) && char.IsAsciiDigit(zone[4]) && char.IsAsciiDigit(zone[5]);
        if (!hasShape)
        {
            return null;
        }

        var (hours, minutes) = ((zone[1] - '0') * 10 + zone[2] - '0', (zone[4] - '0') * 10 + zone[5] - '0');
        var offset = new TimeSpan(hours, minutes, 0);
        return minutes < 60 && offset <= TimeSpan.FromHours(14) ? zone[0] == '-' ? -offset : offset : null;
    }

    /// <summary>Writes a time in UTC with seconds and <c>Z</c>; milliseconds only where there are any.</summary>
    public static string Format(DateTimeOffset time)
    {
        var utc = time.ToUniversalTime();
        return utc.ToString(utc.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
    }
}
