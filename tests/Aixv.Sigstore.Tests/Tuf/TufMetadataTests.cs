using System.Text;
using System.Text.Json.Nodes;
using Aixv.Sigstore.Tuf;

namespace Aixv.Sigstore.Tests.Tuf;

public sealed class TufMetadataTests
{
    private readonly TestRepository repository = new();

    private byte[] Root(Action<JsonObject> edit)
    {
        repository.PublishRoot(edit);
        return repository.RootBytes;
    }

    private static TufRefusal RefusalOf(byte[] root) =>
        Assert.Throws<TufException>(() => new TrustedMetadata(root, DateTimeOffset.MinValue)).Reason;

    public static TheoryData<string> BrokenRoots =>
    [
        "", "[]", "null", "{", "{}", """{"signed":{},"signatures":[]}""", """{"signed":1,"signatures":[]}""",
        """{"signed":{"_type":"root"},"signatures":[3]}""", """{"signed":{"_type":"root"},"signatures":[{"keyid":1,"sig":""}]}""",
        """{"signed":{"a":"\ud800"},"signatures":[]}""", """{"signed":{"\ud800":1},"signatures":[]}""",
        """{"signed":{"a":1.5},"signatures":[]}""", """{"signed":{},"signed":{},"signatures":[]}""", "\ufeff{}",
    ];

    [Theory, MemberData(nameof(BrokenRoots))]
    public void What_is_not_metadata_is_malformed(string json) => Assert.Equal(TufRefusal.Malformed, RefusalOf(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Invalid_utf8_is_malformed() =>
        Assert.Equal(TufRefusal.Malformed, RefusalOf([.. """{"signed":{"a":"""u8, (byte)'"', 0xff, (byte)'"', .. """},"signatures":[]}"""u8]));

    [Fact]
    public void Depth_is_bounded() => Assert.Equal(
        TufRefusal.Malformed, RefusalOf(Encoding.UTF8.GetBytes($$"""{"signed":{{new string('[', 10_000)}}{{new string(']', 10_000)}},"signatures":[]}""")));

    [Fact]
    public void A_member_twice_is_malformed_even_when_one_is_escaped()
    {
        var text = Encoding.UTF8.GetString(repository.RootBytes);
        var doubled = text.Replace("\"version\":1", "\"version\":1,\"\\u0076ersion\":1", StringComparison.Ordinal);
        Assert.NotEqual(text, doubled);
        Assert.Equal(TufRefusal.Malformed, RefusalOf(Encoding.UTF8.GetBytes(doubled)));
    }

    [Theory]
    [InlineData("_type", "\"timestamp\"")]
    [InlineData("spec_version", "\"2.0.0\"")]
    [InlineData("spec_version", "\"10.0\"")]
    [InlineData("version", "0")]
    [InlineData("version", "-1")]
    [InlineData("version", "\"1\"")]
    [InlineData("version", "99999999999999999999")]
    [InlineData("expires", "\"2030-01-01\"")]
    [InlineData("expires", "\"2030-13-01T00:00:00Z\"")]
    [InlineData("expires", "\"2030-01-01T00:00:00+02:00\"")]
    [InlineData("expires", "5")]
    [InlineData("consistent_snapshot", "\"yes\"")]
    [InlineData("keys", "[]")]
    [InlineData("keys", """{"k":1}""")]
    [InlineData("keys", """{"k":{"keytype":"ecdsa"}}""")]
    [InlineData("roles", """{"root":{"keyids":[],"threshold":1}}""")]
    public void A_wrong_member_is_malformed(string member, string value) =>
        Assert.Equal(TufRefusal.Malformed, RefusalOf(Root(signed => signed[member] = JsonNode.Parse(value))));

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    public void A_threshold_below_one_is_malformed(string threshold) =>
        Assert.Equal(TufRefusal.Malformed, RefusalOf(Root(signed => signed["roles"]!["root"]!["threshold"] = JsonNode.Parse(threshold))));

    [Theory]
    [InlineData("""{"keytype":"sigstore-oidc","scheme":"Fulcio","keyval":{"identity":"x","issuer":"y"}}""")]
    [InlineData("""{"keytype":"ecdsa","scheme":"ecdsa-sha2-nistp256","keyval":{"public":"garbage"}}""")]
    [InlineData("""{"keytype":"ed25519","scheme":"ed25519","keyval":{"public":"00"}}""")]
    public void An_unusable_key_is_passed_over(string key)
    {
        var root = Root(signed =>
        {
            signed["keys"]!["odd"] = JsonNode.Parse(key);
            signed["roles"]!["root"]!["keyids"]!.AsArray().Add("odd");
        });
        Assert.Equal(1, new TrustedMetadata(root, DateTimeOffset.MinValue).Root.Version);
    }

    [Fact]
    public void A_key_may_be_the_hex_of_its_point_as_in_the_first_public_roots()
    {
        var root = Root(signed =>
        {
            var id = TestRepository.IdOf(repository.Root.Keys[0]);
            signed["keys"]![id] = new JsonObject
            {
                ["keytype"] = "ecdsa-sha2-nistp256",
                ["scheme"] = "ecdsa-sha2-nistp256",
                ["keyval"] = new JsonObject { ["public"] = Convert.ToHexStringLower(repository.Root.Keys[0].PublicKey.Spki.Span[^65..]) },
            };
        });
        Assert.Equal(1, new TrustedMetadata(root, DateTimeOffset.MinValue).Root.Version);
    }

    [Fact]
    public void A_key_of_the_wrong_curve_for_its_scheme_verifies_nothing()
    {
        var root = new TestRepository(Aixv.Transparency.Keys.KeyAlgorithm.EcdsaP384);
        root.PublishRoot(signed =>
        {
            foreach (var (_, key) in signed["keys"]!.AsObject())
            {
                key!["scheme"] = "ecdsa-sha2-nistp256";
            }
        });
        Assert.Equal(TufRefusal.WrongThreshold, RefusalOf(root.RootBytes));
    }

    [Theory]
    [InlineData("")]
    [InlineData("zz")]
    [InlineData("30")]
    public void A_signature_that_is_none_counts_for_nothing(string signature)
    {
        var root = JsonNode.Parse(repository.RootBytes)!;
        root["signatures"]!.AsArray().Insert(0, new JsonObject { ["keyid"] = TestRepository.IdOf(repository.Timestamp.Keys[0]), ["sig"] = signature });
        Assert.Equal(1, new TrustedMetadata(Encoding.UTF8.GetBytes(root.ToJsonString()), DateTimeOffset.MinValue).Root.Version);
        root["signatures"]![1]!["sig"] = signature;
        Assert.Equal(TufRefusal.WrongThreshold, RefusalOf(Encoding.UTF8.GetBytes(root.ToJsonString())));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Mutants_of_a_root_are_refused_as_such(int seed)
    {
        var original = repository.RootBytes;
        var signed = new TrustedMetadata(original, DateTimeOffset.MinValue).Root.SignedBytes;
        for (var i = 0; i < original.Length; i++)
        {
            var mutant = original.ToArray();
            mutant[i] ^= (byte)(1 << ((i + seed) % 8));
            var accepted = false;
            try
            {
                accepted = !new TrustedMetadata(mutant, DateTimeOffset.MinValue).Root.SignedBytes.AsSpan().SequenceEqual(signed);
            }
            catch (TufException)
            {
            }

            Assert.False(accepted, $"byte {i}");
        }
    }
}
