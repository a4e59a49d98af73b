using System.Text;
using Aixv.Sigstore.Trust;

namespace Aixv.Sigstore.Tests.Trust;

public sealed class ClientTrustConfigTests
{
    private static ClientTrustConfig Parse(string json) => ClientTrustConfig.Parse(Encoding.UTF8.GetBytes(json));

    [Fact]
    public void The_parts_are_handed_out_as_written()
    {
        var config = Parse("""{"mediaType":"application/vnd.dev.sigstore.clienttrustconfig.v0.1+json","trustedRoot":{"a": [1, "é"]},"signingConfig":{ "b":2},"x":0}""");
        Assert.Equal("""{"a": [1, "é"]}""", Encoding.UTF8.GetString(config.TrustedRoot.Span));
        Assert.Equal("""{ "b":2}""", Encoding.UTF8.GetString(config.SigningConfig.Span));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{")]
    [InlineData("""{"mediaType":5}""")]
    [InlineData("""{"mediaType":"application/vnd.dev.sigstore.clienttrustconfig.v0.2+json","trustedRoot":{},"signingConfig":{}}""")]
    [InlineData("""{"mediaType":"application/vnd.dev.sigstore.clienttrustconfig.v0.1+json","trustedRoot":{}}""")]
    [InlineData("""{"mediaType":"application/vnd.dev.sigstore.clienttrustconfig.v0.1+json","trustedRoot":{},"signingConfig":{},"signingConfig":{}}""")]
    public void Anything_else_is_refused(string json) => Assert.Throws<FormatException>(() => Parse(json));
}
