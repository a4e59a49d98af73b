namespace Aixv.Protocol.Lineage;

/// <summary>How a child came from its parent, where the claim says so; finer than <see cref="EdgeKind"/>.</summary>
public enum EdgeRelation : byte
{
    /// <summary>The claim does not say.</summary>
    Unspecified,
    FineTune,
    Merge,
    Quantize,
    Adapter,
    Prune,
    Convert,
    Distil,

    /// <summary>The parent is the tokenizer that the child uses.</summary>
    Tokenizer,

    /// <summary>The child is the record of a rollback, the parent what was rolled back to.</summary>
    Rollback,

    /// <summary>The parent is an input of the child's build, and nobody says more of it.</summary>
    Input,
}
