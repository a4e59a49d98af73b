using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Verification;

namespace Aixv.Sigstore.Tests.Verification;

public sealed class ConformanceTests
{
    public static TheoryData<string> Cases => [.. Vectors.All];

    [Theory, MemberData(nameof(Cases))]
    public void The_suite_s_verdict_is_ours(string name)
    {
        var vector = new Vectors(name);
        var verifier = new Verifier(vector.TrustedRoot);
        foreach (var artifact in (ArtifactDigests[])[ArtifactDigests.Of(vector.Artifact), new(Digest.Of(vector.Artifact))])
        {
            var result = verifier.Verify(vector.Bundle, artifact, vector.Policy);
            var detail = result is Rejected r ? $"{r.Reason} {r.Step}: expected {r.Expected}, found {r.Found}" : "verified";
            Assert.True(result is Verified == !name.EndsWith("_fail", StringComparison.Ordinal), $"{name}: {detail}");
        }
    }

    [Theory]
    [InlineData("bundle-unknown-version_fail", RejectionReason.BundleVersionUnsupported)]
    [InlineData("checkpoint-wrong-roothash_fail", RejectionReason.CheckpointMismatch)]
    [InlineData("dsse-mismatch-sig_fail", RejectionReason.EntryMismatch)]
    [InlineData("invalid-ct-key_fail", RejectionReason.SctMissing)]
    [InlineData("rekor2-checkpoint-missing-origin_fail", RejectionReason.CheckpointMalformed)]
    [InlineData("rekor2-no-timestamp_fail", RejectionReason.TimeMissing)]
    [InlineData("set-invalid-signature_fail", RejectionReason.InclusionPromiseInvalid)]
    [InlineData("signature-mismatch_fail", RejectionReason.EntryMismatch)]
    public void A_failing_case_fails_for_its_own_reason(string name, RejectionReason reason) =>
        Assert.Equal(reason, Assert.IsType<Rejected>(new Vectors(name).Verify()).Reason);
}
