using Aixv.Protocol.Records;
using Aixv.Sigstore.Verification;

namespace Aixv.Protocol.Tests.Records;

public sealed class RecordVerifierTests(VirtualSigstore sigstore)
{
    private static readonly byte[] Record = Samples.Record("advisory", "ADV-1", Samples.Advisory("ADV-1")).ToBytes();

    private TrustedSigners Trusted(string subject, string? issuer = null) => TrustedSigners.Exactly([subject], [issuer ?? sigstore.Issuer]);

    [Fact]
    public async Task A_record_by_a_trusted_subject_is_verified()
    {
        var bundle = await sigstore.SignAsync(Record, VirtualSigstore.Security);
        var verified = Assert.IsType<VerifiedRecord>(sigstore.Records.Verify(Record, bundle, Trusted(VirtualSigstore.Security), "advisory"));
        Assert.Equal(VirtualSigstore.Security, ManagedKeys.NameOf(verified.Signer));
        Assert.Equal(sigstore.Issuer, Assert.IsType<CertificateSigner>(verified.Signer).Issuer);
        Assert.True(verified.IntegratedTime > Samples.Now.AddYears(-10));
    }

    [Fact]
    public async Task An_advisory_signed_by_a_stranger_is_rejected()
    {
        var bundle = await sigstore.SignAsync(Record, VirtualSigstore.Stranger);
        var rejected = Assert.IsType<RejectedRecord>(sigstore.Records.Verify(Record, bundle, Trusted(VirtualSigstore.Security)));
        Assert.Equal(RecordRejection.SignerUntrusted, rejected.Reason);
        Assert.Equal("advisory ADV-1: untrusted signer: expected security@example.org, found stranger@example.org", rejected.Message);
    }

    [Fact]
    public async Task A_policy_signed_by_the_artifacts_signer_only_is_rejected()
    {
        var policy = Samples.Record("policy", "production", Samples.Policy).ToBytes();
        var bundle = await sigstore.SignAsync(policy, VirtualSigstore.Release);
        var rejected = Assert.IsType<RejectedRecord>(sigstore.Records.Verify(policy, bundle, Trusted("security-policy@example.org"), "policy"));
        Assert.Equal("policy production: untrusted signer: expected security-policy@example.org, found release@example.org", rejected.Message);
    }

    [Fact]
    public async Task A_bundle_of_another_record_is_rejected()
    {
        var other = Samples.Record("advisory", "ADV-2", Samples.Advisory("ADV-2")).ToBytes();
        var bundle = await sigstore.SignAsync(other, VirtualSigstore.Security);
        var rejected = Assert.IsType<RejectedRecord>(sigstore.Records.Verify(Record, bundle, Trusted(VirtualSigstore.Security)));
        Assert.Equal(RecordRejection.BundleMismatch, rejected.Reason);
    }

    [Fact]
    public async Task Another_issuer_is_rejected()
    {
        var bundle = await sigstore.SignAsync(Record, VirtualSigstore.Security);
        var rejected = Assert.IsType<RejectedRecord>(sigstore.Records.Verify(Record, bundle, Trusted(VirtualSigstore.Security, "https://accounts.google.com")));
        Assert.Equal(RecordRejection.SignerUntrusted, rejected.Reason);
    }

    [Fact]
    public async Task A_statement_about_the_record_is_no_signature_of_it()
    {
        var statement = System.Text.Encoding.UTF8.GetBytes(
            $$$"""{"_type":"https://in-toto.io/Statement/v1","subject":[{"name":"r","digest":{"sha256":"{{{Sigstore.Artifacts.Digest.Of(Record).Hex}}}"}}],"predicateType":"https://example.com/p","predicate":{}}""");
        var bundle = await sigstore.AttestAsync(statement, VirtualSigstore.Security);
        var rejected = Assert.IsType<RejectedRecord>(sigstore.Records.Verify(Record, bundle, Trusted(VirtualSigstore.Security)));
        Assert.Equal(RecordRejection.SignatureInvalid, rejected.Reason);
    }

    [Fact]
    public void A_record_without_a_bundle_of_the_wrong_kind_or_shape_is_rejected()
    {
        var trusted = Trusted(VirtualSigstore.Security);
        Assert.Equal(RecordRejection.NotSigned, Assert.IsType<RejectedRecord>(sigstore.Records.Verify(Record, null, trusted)).Reason);
        var kind = Assert.IsType<RejectedRecord>(sigstore.Records.Verify(Record, "{}"u8.ToArray(), trusted, "policy"));
        Assert.Equal("record kind mismatch: expected policy, found advisory", kind.Message);
        Assert.Equal(RecordRejection.RecordMalformed, Assert.IsType<RejectedRecord>(sigstore.Records.Verify("[]"u8.ToArray(), "{}"u8.ToArray(), trusted)).Reason);
        Assert.Equal(RecordRejection.SignatureInvalid, Assert.IsType<RejectedRecord>(sigstore.Records.Verify(Record, "{}"u8.ToArray(), trusted)).Reason);
    }

    [Fact]
    public void Without_a_trusted_subject_nothing_is_verified() =>
        Assert.Equal("trusted subject constraints required", Assert.Throws<FormatException>(() => new TrustedSigners([], [TextPattern.Exact("x")])).Message);
}
