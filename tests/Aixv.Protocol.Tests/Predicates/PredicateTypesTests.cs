using System.Text.Json.Nodes;
using Aixv.Protocol.Predicates;

namespace Aixv.Protocol.Tests.Predicates;

public sealed class PredicateTypesTests
{
    [Theory]
    [InlineData("https://slsa.dev/provenance/v1", "provenance", "v1")]
    [InlineData("https://slsa.dev/provenance/v0.2", "provenance", "v0-2")]
    [InlineData("https://model_signing/signature/v1.0", "signature", "v1-0")]
    [InlineData("https://spdx.dev/Document", "document", "v0")]
    [InlineData("https://example.com/", "example-com", "v0")]
    [InlineData("https://example.com/a%2F..%2Fb/v2", "a-2f-2fb", "v2")]
    [InlineData("urn:example:my-claim", "my-claim", "v0")]
    [InlineData("https://aixv.org/attestation/training/v1", "training", "v1")]
    public void A_uri_is_accepted_as_it_is_and_gets_a_safe_name(string uri, string name, string version)
    {
        var content = JsonNode.Parse("""{"digest":"not one","n":1.0}""")!.AsObject();
        var predicate = PredicateTypes.Read(uri, content);
        Assert.Equal((uri, name, version, false), (predicate.Uri, predicate.Name, predicate.Version, predicate.IsValidated));
        Assert.Equal("""{"digest":"not one","n":1.0}""", predicate.Content.ToJsonString());
    }

    [Theory]
    [InlineData("trainning")]
    [InlineData("")]
    [InlineData("../../etc")]
    [InlineData("/etc/passwd")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://example.com/a b")]
    public void Anything_else_is_refused(string name)
    {
        var e = Assert.Throws<FormatException>(() => PredicateTypes.Read(name, []));
        Assert.StartsWith($"unsupported predicate: {name} (known: training", e.Message);
    }

    [Fact]
    public void Aliases_and_uris_are_those_of_the_protocol() => Assert.Equal(
        ((string[])["training", "advisory", "evaluation", "packaging", "deployment", "cl-delta"]).Select(alias => (alias, $"https://aixv.org/attestation/{alias}/v1")),
        PredicateTypes.All.Select(t => (t.Alias, t.Uri)));
}
