namespace Aixv.Protocol.Lineage;

/// <summary>One step of the proof that an advisory reaches an artifact.</summary>
/// <param name="From">Where the advisory is already.</param>
/// <param name="To">Where it comes.</param>
/// <param name="Via">How.</param>
/// <param name="Edge">The edge; null for a bundle.</param>
/// <param name="Source">The record that says so.</param>
public sealed record ReachStep(LineageNode From, LineageNode To, ReachVia Via, LineageStep? Edge, LineageSource Source);
