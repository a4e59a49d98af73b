namespace Aixv.Protocol.Advisories;

/// <summary>How far an advisory extends from the digest that it names, along verified edges (protocol §3).</summary>
public enum Selector
{
    /// <summary>Everything that was made from it.</summary>
    Descendants = 1,

    /// <summary>What it was made from.</summary>
    Parents,

    /// <summary>Every member of the bundles that hold it.</summary>
    Bundles,
}
