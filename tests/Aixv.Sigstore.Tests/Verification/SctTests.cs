using System.Collections.Immutable;
using Aixv.Sigstore.Bundles;
using Aixv.Sigstore.Certificates;
using Aixv.Sigstore.Verification;

namespace Aixv.Sigstore.Tests.Verification;

/// <summary>SCTs on a certificate that a CA signed as it is: a change to a real one breaks the CA's signature first, so the step is called by itself.</summary>
public sealed class SctTests
{
    private static readonly Vectors Vector = new("happy-path-v0.3");

    [Fact]
    public void The_untouched_certificate_has_one_verified_SCT() =>
        Assert.Single(SctVerifier.Verify(PathOf(Leaf()), Vector.TrustedRoot, 1));

    [Fact]
    public void A_list_that_does_not_add_up_is_malformed() =>
        Assert.Equal(RejectionReason.SctMalformed, Assert.IsType<Rejected>(Malformed()).Reason);

    [Fact]
    public void A_policy_without_SCTs_asks_for_none() => Assert.Empty(SctVerifier.Verify(PathOf(Leaf()), Vector.TrustedRoot, 0));

    internal static VerificationResult Malformed()
    {
        var der = Leaf().Raw.ToArray();
        var extension = Leaf().Extensions.First(e => e.Oid == SignedCertificateTimestamp.ExtensionOid).Value;
        var at = der.AsSpan().IndexOf(extension.Span);
        der[at + 3] ^= 1;
        try
        {
            SctVerifier.Verify(PathOf(Certificate.Parse(der)), Vector.TrustedRoot, 1);
        }
        catch (Refusal refusal)
        {
            return new Rejected(refusal.Reason, refusal.Step, refusal.Expected, refusal.Found) { Checks = [new Check(refusal.Step, Passed: false, "")] };
        }

        throw new InvalidOperationException("the malformed list was taken");
    }

    private static Certificate Leaf() => Certificate.Parse(Bundle.Parse(Vector.Bundle).Certificates[0]);

    private static CertificatePath PathOf(Certificate leaf) =>
        new([leaf, .. Vector.TrustedRoot.CertificateAuthorities.Select(a => a.FindPath(Leaf())).OfType<CertificatePath>().First().Certificates[1..]]);
}
