using System.Collections.Immutable;

namespace Aixv.Export.Importing;

/// <summary>A Sigstore bundle that signs a statement. Nothing of it is verified yet.</summary>
/// <param name="Bytes">The bundle as it was found: what is stored beside the statement.</param>
/// <param name="Statement">The statement in its envelope, stored with the bundle where the signature verifies.</param>
/// <param name="Described">Claims of AIXV's own that say the same as the statement. They are not what was signed, so they are stored without the bundle.</param>
public sealed record ImportedBundle(ReadOnlyMemory<byte> Bytes, ImportedStatement Statement, ImmutableArray<ImportedStatement> Described);
