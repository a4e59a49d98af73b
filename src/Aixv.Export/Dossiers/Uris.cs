using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Aixv.Export.Dossiers;

/// <summary>Untrusted text that may be a URI.</summary>
public static class Uris
{
    private static readonly SearchValues<char> Excluded = SearchValues.Create("\"<>\\^`{|}");

    /// <summary>Whether <paramref name="text"/> is an absolute URI by RFC 3986 as it stands: nothing in it needs escaping.</summary>
    public static bool IsAbsolute([NotNullWhen(true)] string? text) =>
        text is { Length: > 0 and <= 8192 }
        && Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && !uri.IsFile
        && text.StartsWith(uri.Scheme, StringComparison.OrdinalIgnoreCase)
        && Uri.IsWellFormedUriString(text, UriKind.Absolute)
        && !text.AsSpan().ContainsAnyExceptInRange('!', '~')
        && !text.AsSpan().ContainsAny(Excluded);

    /// <summary>The text where it is an absolute URI, else null.</summary>
    public static string? AbsoluteOrNull(string? text) => IsAbsolute(text) ? text : null;

    /// <summary>The text where it is an http or https address, which a page may link to; else null.</summary>
    public static string? WebOrNull(string? text) => IsAbsolute(text)
        && (text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase)) ? text : null;
}
