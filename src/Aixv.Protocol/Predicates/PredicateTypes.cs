using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace Aixv.Protocol.Predicates;

/// <summary>The kinds of claim that AIXV defines, and the way from what a user names to a <see cref="Predicate"/>.</summary>
public static class PredicateTypes
{
    public static IReadOnlyList<PredicateType> All { get; } =
    [
        new TrainingPredicate(),
        new AdvisoryPredicate(),
        new EvaluationPredicate(),
        new PackagingPredicate(),
        new DeploymentPredicate(),
        new ClDeltaPredicate(),
    ];

    /// <summary>The type of this alias or URI, or null.</summary>
    public static PredicateType? Find(string aliasOrUri) => All.FirstOrDefault(type => type.Alias == aliasOrUri || type.Uri == aliasOrUri);

    /// <summary>Reads a claim of the type that <paramref name="aliasOrUri"/> names.</summary>
    /// <remarks>A URI is accepted as it is, whatever it is, and its content kept verbatim (protocol §2).</remarks>
    /// <exception cref="FormatException">Neither an alias nor a URI, or the content does not fit the alias.</exception>
    public static Predicate Read(string aliasOrUri, JsonObject content)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (All.FirstOrDefault(type => type.Alias == aliasOrUri) is { } known)
        {
            return known.Read(content);
        }

        return Describe(aliasOrUri, content)
            ?? throw new FormatException(
                $"unsupported predicate: {aliasOrUri} (known: {string.Join(", ", All.Select(type => type.Alias))}; or a full predicate type URI)");
    }

    /// <summary>A claim of the type with this URI, unchecked; null where it is no URI.</summary>
    internal static Predicate? Describe(string type, JsonObject content) => TryReadUri(type, out var uri)
        ? new Predicate(type, PredicateUri.ShortName(uri), PredicateUri.Version(uri), content, IsValidated: false)
        : null;

    private static bool TryReadUri(string text, [NotNullWhen(true)] out Uri? uri) =>
        Uri.TryCreate(text, UriKind.Absolute, out uri)
        && text.Contains(':', StringComparison.Ordinal)
        && !uri.IsFile
        && !text.AsSpan().ContainsAnyExceptInRange('!', '~');
}
