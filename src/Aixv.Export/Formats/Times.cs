using System.Globalization;

namespace Aixv.Export.Formats;

/// <summary>Times as documents have them: UTC, whole seconds.</summary>
internal static class Times
{
    /// <summary>RFC 3339: <c>2026-01-02T03:04:05Z</c>.</summary>
    public static string ToRfc3339(this DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>For people: <c>2026-01-02 03:04:05 UTC</c>.</summary>
    public static string ToReading(this DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary><c>2026-01-02</c>.</summary>
    public static string ToDate(this DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
