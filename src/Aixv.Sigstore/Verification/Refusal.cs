namespace Aixv.Sigstore.Verification;

/// <summary>A step's refusal on its way to the verifier, which makes it a <see cref="Rejected"/>. Never leaves the library.</summary>
internal sealed class Refusal(RejectionReason reason, VerificationStep step, string expected, string found)
    : Exception($"{step}: expected {expected}, found {found}")
{
    internal RejectionReason Reason { get; } = reason;

    internal VerificationStep Step { get; } = step;

    internal string Expected { get; } = expected;

    internal string Found { get; } = found;
}
