namespace Aixv.Protocol.Advisories;

/// <summary>What is wrong, as far as it decides which artifacts inherit it (<see cref="ReachRules"/>).</summary>
public enum AdvisoryClass
{
    /// <summary>The weights: poisoned, backdoored, tampered with.</summary>
    Weights = 1,
    Tokenizer,
    Dataset,
    Licence,

    /// <summary>Anything else: taken to flow as widely as weights.</summary>
    Other,
}
