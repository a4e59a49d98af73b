namespace Aixv.Protocol.Rollbacks;

/// <summary>Whether a policy admits a candidate now.</summary>
/// <param name="Admitted">Whether it does.</param>
/// <param name="Reasons">Why, or why not; each a sentence.</param>
public sealed record CandidateVerdict(bool Admitted, IReadOnlyList<string> Reasons);
