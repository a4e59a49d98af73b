namespace Aixv.Export.Dossiers;

/// <summary>What a node is, as far as its edges tell.</summary>
public enum LineageNodeKind
{
    Model = 1,

    /// <summary>Something was trained on it or evaluated with it.</summary>
    Dataset,

    /// <summary>It came of a deployment or a rollback.</summary>
    Deployment,
}
