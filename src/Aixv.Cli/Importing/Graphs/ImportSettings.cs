namespace Aixv.Cli.Importing.Graphs;

/// <summary>What the caller says of inputs.</summary>
/// <param name="Format">Null finds out.</param>
/// <param name="Source">Null takes the format's.</param>
/// <param name="Hub">What the addresses of a hub's repositories begin with.</param>
/// <param name="IsStrict">Whether what cannot be read ends the import.</param>
/// <param name="IsAgain">Whether what was imported before is imported once more.</param>
internal sealed record ImportSettings(string? Format, string? Source, string Hub, bool IsStrict, bool IsAgain);
