using System.Globalization;

namespace Aixv.Protocol.Rollbacks;

/// <summary>What must fit when one model takes the place of another; null where it is not known.</summary>
/// <param name="Architecture">Such as <c>LlamaForCausalLM</c>.</param>
/// <param name="Tokenizer">The tokenizer's digest.</param>
/// <param name="DType">Of the weights, as <c>bfloat16</c>.</param>
/// <param name="ContextLength">In tokens.</param>
public sealed record ModelFacts(string? Architecture = null, string? Tokenizer = null, string? DType = null, long? ContextLength = null)
{
    /// <summary>These facts, with gaps filled from <paramref name="other"/>.</summary>
    public ModelFacts Or(ModelFacts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new ModelFacts(Architecture ?? other.Architecture, Tokenizer ?? other.Tokenizer, DType ?? other.DType, ContextLength ?? other.ContextLength);
    }

    /// <summary>What of <paramref name="candidate"/> is known not to fit in this model's place. A longer context fits.</summary>
    public IReadOnlyList<Incompatibility> Incompatibilities(ModelFacts candidate)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        return
        [
            .. from pair in Pairs(candidate)
               where pair.Now is not null && pair.Then is not null
               where pair.Aspect == ModelAspect.ContextLength
                   ? candidate.ContextLength < ContextLength
                   : !string.Equals(pair.Now, pair.Then, StringComparison.OrdinalIgnoreCase)
               select new Incompatibility(pair.Aspect, pair.Then, pair.Now),
        ];
    }

    /// <summary>What cannot be compared, for one of the two does not tell.</summary>
    public IReadOnlyList<ModelAspect> Unknown(ModelFacts candidate)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        return [.. Pairs(candidate).Where(p => p.Now is null || p.Then is null).Select(p => p.Aspect)];
    }

    private (ModelAspect Aspect, string? Now, string? Then)[] Pairs(ModelFacts candidate) =>
    [
        (ModelAspect.Architecture, Architecture, candidate.Architecture),
        (ModelAspect.Tokenizer, Tokenizer, candidate.Tokenizer),
        (ModelAspect.DType, DType, candidate.DType),
        (ModelAspect.ContextLength, ContextLength?.ToString(CultureInfo.InvariantCulture), candidate.ContextLength?.ToString(CultureInfo.InvariantCulture)),
    ];
}
