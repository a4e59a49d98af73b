namespace Aixv.Protocol.Lineage;

/// <summary>A node that a trace or an impact reaches, and the best-proven edge by which it is first reached.</summary>
/// <param name="Node">The ancestor (trace) or descendant (impact).</param>
/// <param name="Depth">How many edges away, from 1.</param>
/// <param name="Step">The edge: for a trace its child was reached before, for an impact its parent.</param>
public sealed record LineageEntry(LineageNode Node, int Depth, LineageStep Step);
