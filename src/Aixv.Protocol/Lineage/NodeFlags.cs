namespace Aixv.Protocol.Lineage;

/// <summary>What a graph knows of a node beside its key.</summary>
[Flags]
internal enum NodeFlags : byte
{
    None = 0,

    /// <summary>No digest: the key stands for a URI or a name.</summary>
    Described = 1,

    /// <summary>Some record speaks of it as its subject.</summary>
    Subject = 2,

    /// <summary>Something is trained on it.</summary>
    Dataset = 4,

    /// <summary>It is the record of a rollback.</summary>
    Rollback = 8,
}
