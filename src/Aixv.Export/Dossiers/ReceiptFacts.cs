namespace Aixv.Export.Dossiers;

/// <summary>A COSE receipt that a transparency service issued for a signed statement (draft-ietf-cose-merkle-tree-proofs).</summary>
/// <param name="Bytes">The COSE_Sign1 as it was given.</param>
/// <param name="SignedStatement">The COSE signed statement that it is about; null where only the receipt was given.</param>
public sealed record ReceiptFacts(ReadOnlyMemory<byte> Bytes, ReadOnlyMemory<byte>? SignedStatement);
