namespace Aixv.Protocol.Advisories;

/// <summary>What an edge of the lineage does to an advisory.</summary>
public enum Reach
{
    /// <summary>What was made from an affected artifact is affected.</summary>
    Flows = 1,

    /// <summary>It ends here.</summary>
    Stops,

    /// <summary>It flows where both artifacts are known to use the same tokenizer, by digest.</summary>
    IfTokenizerInherited,
}
