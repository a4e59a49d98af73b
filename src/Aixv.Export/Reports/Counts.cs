using System.Globalization;

namespace Aixv.Export.Reports;

/// <summary>Numbers of things in sentences.</summary>
internal static class Counts
{
    /// <summary><c>1 ancestor</c>, <c>2,000 ancestors</c>.</summary>
    public static string Of(int count, string one, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many ?? $"{one}s")}");
}
