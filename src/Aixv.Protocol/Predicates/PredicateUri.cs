using System.Text.RegularExpressions;

namespace Aixv.Protocol.Predicates;

/// <summary>File names from predicate type URIs: <c>https://slsa.dev/provenance/v1</c> is <c>provenance</c>, <c>v1</c>.</summary>
internal static partial class PredicateUri
{
    private const int MaximumLength = 48;

    [GeneratedRegex(@"\Av[0-9]+(\.[0-9]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex VersionShape { get; }

    [GeneratedRegex("[^a-z0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Unsafe { get; }

    public static string Version(Uri uri) => Segments(uri) is [.., var last] && VersionShape.IsMatch(last) ? last.Replace('.', '-') : "v0";

    public static string ShortName(Uri uri)
    {
        string[] words = [uri.Scheme, uri.Host, .. Segments(uri).Where(segment => !VersionShape.IsMatch(segment))];
        var name = words.Select(Clean).Last(word => word.Length > 0);
        return name.Length <= MaximumLength ? name : name[..MaximumLength].Trim('-');
    }

    private static string[] Segments(Uri uri) =>
        (uri.AbsolutePath + uri.Fragment).ToLowerInvariant().Split(['/', ':', '#'], StringSplitOptions.RemoveEmptyEntries);

    private static string Clean(string word) => Unsafe.Replace(word.ToLowerInvariant(), "-").Trim('-');
}
