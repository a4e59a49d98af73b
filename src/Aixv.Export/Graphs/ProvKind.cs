namespace Aixv.Export.Graphs;

/// <summary>The kinds of PROV-DM records that a lineage needs.</summary>
internal enum ProvKind
{
    Entity,
    Activity,
    Agent,
    Generation,
    Usage,
    Derivation,
    Attribution,
    Association,
    Influence,
}
