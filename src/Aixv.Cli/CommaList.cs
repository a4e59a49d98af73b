namespace Aixv.Cli;

/// <summary>Lists as users write them: <c>a,b</c>; the option may be repeated as well.</summary>
internal static class CommaList
{
    /// <summary>The items, trimmed, each once, in the order of writing; empty ones are left out.</summary>
    public static IReadOnlyList<string> Split(string[]? values) =>
        [.. (values ?? []).SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Distinct(StringComparer.Ordinal)];
}
