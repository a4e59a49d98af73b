namespace Aixv.Protocol.Lineage;

/// <summary>An edge with what stands behind it.</summary>
/// <param name="Child">What depends.</param>
/// <param name="Parent">On what it depends.</param>
/// <param name="Kind">What is said.</param>
/// <param name="Relation">How, where the claim says so.</param>
/// <param name="Tier">How much stands behind the edge.</param>
/// <param name="Source">The record that says so, with its signer and log entry.</param>
public sealed record LineageStep(LineageNode Child, LineageNode Parent, EdgeKind Kind, EdgeRelation Relation, EvidenceTier Tier, LineageSource Source);
