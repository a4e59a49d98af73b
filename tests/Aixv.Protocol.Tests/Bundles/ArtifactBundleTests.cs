using System.Text.Json.Nodes;
using Aixv.Protocol.Bundles;

namespace Aixv.Protocol.Tests.Bundles;

public sealed class ArtifactBundleTests
{
    private static JsonObject Payload(params string[] members) => new()
    {
        ["bundle_type"] = "aixv.bundle/v1",
        ["bundle_id"] = "main",
        ["primary"] = Samples.Model.ToString(),
        ["members"] = new JsonArray([.. members.Select(m => (JsonNode)m)]),
    };

    [Fact]
    public void Digests_are_normalised_doubles_dropped_and_the_primary_added()
    {
        var bundle = ArtifactBundle.Read(Payload(Samples.Base.Hex.ToUpperInvariant(), $" {Samples.Base} "));
        Assert.Equal([Samples.Model, Samples.Base], bundle.Members);
        Assert.Equal(bundle.ToJson().ToJsonString(), ArtifactBundle.Read(bundle.ToJson()).ToJson().ToJsonString());
    }

    [Fact]
    public void What_is_not_a_member_is_missing() =>
        Assert.Equal([Samples.Base], ArtifactBundle.Read(Payload(Samples.Model.ToString())).Missing([Samples.Model, Samples.Base]));

    [Fact]
    public void A_fault_is_named_with_its_place()
    {
        Assert.Equal("invalid bundle: $.members: 0 items, at least 1 expected", Assert.Throws<FormatException>(() => ArtifactBundle.Read(Payload())).Message);
        Assert.Equal("invalid bundle: $.members[0]: invalid sha256 digest: sha256:abc", Assert.Throws<FormatException>(() => ArtifactBundle.Read(Payload("sha256:abc"))).Message);
        var unknown = Payload(Samples.Model.ToString());
        unknown["note"] = "x";
        Assert.Equal("invalid bundle: $: unknown member 'note', allowed: bundle_type, bundle_id, primary, members", Assert.Throws<FormatException>(() => ArtifactBundle.Read(unknown)).Message);
    }
}
