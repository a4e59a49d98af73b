using Aixv.Sigstore.Verification;

namespace Aixv.Sigstore.Bundles;

/// <summary>A bundle that cannot be read; carries the reason a verifier reports.</summary>
public sealed class BundleFormatException : FormatException
{
    public BundleFormatException(RejectionReason reason, string message) : base(message) => Reason = reason;

    public BundleFormatException(RejectionReason reason, string message, Exception inner) : base(message, inner) => Reason = reason;

    public RejectionReason Reason { get; }
}
