using System.Collections.Immutable;

namespace Aixv.Export.Importing;

/// <summary>What a document says, as statements for the store.</summary>
/// <param name="Format">The id of the format that it was read as.</param>
public sealed record ImportedEvidence(string Format)
{
    /// <summary>Statements that nobody signed, verifiably: to be stored without a bundle, as described evidence.</summary>
    public ImmutableArray<ImportedStatement> Statements { get; init; } = [];

    /// <summary>Signed statements: to be stored with their bundle where it verifies, and otherwise not as signed.</summary>
    public ImmutableArray<ImportedBundle> Bundles { get; init; } = [];

    /// <summary>What the document says and no statement has a place for, or what a reader of the result should know; each a sentence for people.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];
}
