using Microsoft.Net.Http.Headers;

namespace Aixv.Track.Pages;

/// <summary>What a client says that it takes.</summary>
internal static class Accepted
{
    /// <summary>Whether <c>Accept-Encoding</c> names an encoding and does not refuse it (RFC 9110 §12.5.3).</summary>
    public static bool Has(string header, string encoding) =>
        StringWithQualityHeaderValue.TryParseList([header], out var values)
        && values.Any(v => v.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase) && v.Quality is null or > 0);
}
