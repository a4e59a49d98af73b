namespace Aixv.Export.Dossiers;

/// <summary>A step of the way from an advisory to the artifact: the keys of two nodes of the lineage.</summary>
/// <param name="Relation">As the protocol names the edge: <c>derived_from</c>, …, or <c>bundle</c> for two members of one bundle.</param>
public sealed record AdvisoryStep(string FromKey, string ToKey, string Relation);
