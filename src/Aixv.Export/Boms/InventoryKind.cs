namespace Aixv.Export.Boms;

/// <summary>What an item of the inventory is.</summary>
internal enum InventoryKind
{
    /// <summary>What the bill is of.</summary>
    Artifact = 1,
    Model,
    Dataset,
    Framework,
    Code,
    Environment,
    Deployment,
}
