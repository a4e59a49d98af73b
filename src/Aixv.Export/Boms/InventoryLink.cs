using Aixv.Protocol.Lineage;

namespace Aixv.Export.Boms;

/// <summary>One item was made with another.</summary>
/// <param name="IsAttested">Whether a verified signature stands behind the claim.</param>
internal sealed record InventoryLink(InventoryItem From, InventoryItem To, EdgeKind Kind, string? Split, bool IsAttested);
