using Aixv.Protocol.Predicates;

namespace Aixv.Protocol.Tests.Predicates;

public sealed class VouchingTests
{
    [Theory]
    [InlineData("https://aixv.org/attestation/training/v1", true)]
    [InlineData("https://slsa.dev/provenance/v1", true)]
    [InlineData("https://aixv.org/attestation/advisory/v1", false)]
    [InlineData("https://aixv.org/attestation/deployment/v1", false)]
    [InlineData("https://slsa.dev/verification_summary/v1", false)]
    [InlineData("https://in-toto.io/attestation/svr/v0.1", false)]
    [InlineData("https://in-toto.io/attestation/test-result/v0.1", false)]
    [InlineData("https://in-toto.io/attestation/vulns/v0.2", false)]
    [InlineData("https://in-toto.io/attestation/scai/v0.3", false)]
    [InlineData("https://in-toto.io/attestation/reference/v0.1", false)]
    public void Only_claims_of_how_something_was_made_vouch_for_it(string predicateType, bool vouches) => Assert.Equal(vouches, Vouching.Vouches(predicateType));
}
