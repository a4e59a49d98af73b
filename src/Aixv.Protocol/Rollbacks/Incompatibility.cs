namespace Aixv.Protocol.Rollbacks;

/// <summary>In what two models can differ.</summary>
public enum ModelAspect
{
    Architecture = 1,
    Tokenizer,
    DType,
    ContextLength,
}

/// <summary>Something of a candidate that is known not to fit in a model's place.</summary>
/// <param name="Aspect">In what they differ.</param>
/// <param name="Candidate">What the candidate has.</param>
/// <param name="Now">What the model has.</param>
public sealed record Incompatibility(ModelAspect Aspect, string Candidate, string Now)
{
    /// <summary>Whether whoever calls the model must change: another architecture or tokenizer; another precision or a shorter context need not be noticed.</summary>
    public bool BreaksCallers => Aspect is ModelAspect.Architecture or ModelAspect.Tokenizer;

    public override string ToString() => $"{Name(Aspect)}: {Candidate}, {Now} now";

    internal static string Name(ModelAspect aspect) => aspect switch
    {
        ModelAspect.Architecture => "architecture",
        ModelAspect.Tokenizer => "tokenizer",
        ModelAspect.DType => "dtype",
        ModelAspect.ContextLength => "context length",
    };
}
