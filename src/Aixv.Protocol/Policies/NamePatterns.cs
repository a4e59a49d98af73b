using System.Collections.Immutable;
using Aixv.Sigstore.Verification;

namespace Aixv.Protocol.Policies;

/// <summary>Names that a policy means: exact ones and globs over the whole name (<c>*</c> stops at <c>/</c>, <c>**</c> does not).</summary>
public sealed class NamePatterns
{
    private readonly ImmutableArray<TextPattern> patterns;

    /// <param name="exact">Compared letter by letter; wildcards mean themselves.</param>
    /// <param name="globs">Anchored at both ends.</param>
    public NamePatterns(IEnumerable<string> exact, IEnumerable<string>? globs = null) =>
        patterns = [.. exact.Select(TextPattern.Exact), .. (globs ?? []).Select(OfGlob)];

    public bool IsEmpty => patterns.IsEmpty;

    /// <summary>For verifiers.</summary>
    public IReadOnlyList<TextPattern> Patterns => patterns;

    public bool Matches(string? name) => name is not null && patterns.Any(pattern => pattern.IsMatch(name));

    public override string ToString() => string.Join(", ", patterns);

    // Most globs have no wildcard, and comparing is a thousand times cheaper than compiling an expression.
    private static TextPattern OfGlob(string glob) => glob.AsSpan().ContainsAny('*', '?') ? TextPattern.Glob(glob) : TextPattern.Exact(glob);
}
