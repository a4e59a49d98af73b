using System.Text;
using Aixv.Sigstore.Signing;

namespace Aixv.Sigstore.Tests.Signing;

public sealed class SigningConfigTests
{
    private const string Sample = """
        {
          "mediaType": "application/vnd.dev.sigstore.signingconfig.v0.2+json",
          "caUrls": [{"url": "https://fulcio.example", "majorApiVersion": 1, "validFor": {"start": "2022-04-13T20:06:15.000Z"}, "operator": "example"}],
          "oidcUrls": [{"url": "https://oauth2.example/auth", "majorApiVersion": 1, "validFor": {"start": "2022-04-13T20:06:15Z", "end": "2030-01-01T00:00:00Z"}}],
          "rekorTlogUrls": [{"url": "https://log.example", "majorApiVersion": 2, "validFor": {"start": "2025-01-01T00:00:00Z"}, "operator": "example", "later": true}],
          "rekorTlogConfig": {"selector": "EXACT", "count": 1},
          "tsaUrls": [{"url": "https://tsa.example/api/v1/timestamp", "majorApiVersion": 1, "validFor": {"start": "2025-01-01T00:00:00Z"}, "operator": "example"}],
          "tsaConfig": {"selector": "ANY"},
          "somethingNew": {"a": 1}
        }
        """;

    private static SigningConfig Parse(string json) => SigningConfig.Parse(Encoding.UTF8.GetBytes(json));

    [Fact]
    public void A_config_is_read_and_what_is_new_in_it_ignored()
    {
        var config = Parse(Sample);
        Assert.Equal("https://fulcio.example", Assert.Single(config.CertificateAuthorities).Url.OriginalString);
        Assert.Equal("https://oauth2.example/auth", Assert.Single(config.IdentityProviders).Url.OriginalString);
        Assert.Equal(2, Assert.Single(config.Logs).MajorApiVersion);
        Assert.Equal(new ServiceSelection(ServiceSelector.Exact, 1), config.LogSelection);
        Assert.Equal("https://tsa.example/api/v1/timestamp", Assert.Single(config.TimestampAuthorities).Url.AbsoluteUri);
        Assert.Equal(new ServiceSelection(ServiceSelector.Any), config.TimestampSelection);
    }

    [Theory]
    [InlineData("signingconfig.v0.2+json", "signingconfig.v0.1+json", "$.mediaType")]
    [InlineData("https://fulcio.example", "fulcio.example", "$.caUrls[0].url")]
    [InlineData("https://fulcio.example", "file:///etc/passwd", "$.caUrls[0].url")]
    [InlineData("https://fulcio.example", "https://user:word@fulcio.example", "$.caUrls[0].url")]
    [InlineData("2025-01-01T00:00:00Z", "soon", "$.rekorTlogUrls[0].validFor.start")]
    [InlineData("{\"selector\": \"ANY\"}", "[]", "$.tsaConfig")]
    public void What_is_malformed_is_refused_with_its_place(string old, string replacement, string path)
    {
        var e = Assert.Throws<FormatException>(() => Parse(Sample.Replace(old, replacement, StringComparison.Ordinal)));
        Assert.StartsWith($"signing config: {path}", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_selector_counts_as_undefined() =>
        Assert.Equal(ServiceSelector.Undefined, Parse(Sample.Replace("EXACT", "SOME", StringComparison.Ordinal)).LogSelection.Selector);
}
