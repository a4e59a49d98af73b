namespace Aixv.Protocol.Lineage;

/// <summary>What an edge from a child to its parent says (protocol §3). The child depends on the parent.</summary>
public enum EdgeKind : byte
{
    /// <summary>The child's weights come from the parent's.</summary>
    DerivedFrom,

    /// <summary>The child learned from the parent, a dataset.</summary>
    TrainedOn,

    /// <summary>The child is the parent in another form, or contains it.</summary>
    PackagedFrom,

    /// <summary>The child was measured with the parent, a dataset or a harness.</summary>
    EvaluatedWith,

    /// <summary>The child is a deployment, or a rollback, of the parent.</summary>
    DeployedAs,
}
