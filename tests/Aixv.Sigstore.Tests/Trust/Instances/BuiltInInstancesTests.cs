using System.Text.Json;
using Aixv.Sigstore.Trust.Instances;
using Aixv.Sigstore.Tuf;

namespace Aixv.Sigstore.Tests.Trust.Instances;

public sealed class BuiltInInstancesTests
{
    [Theory]
    [InlineData("public", 14)]
    [InlineData("staging", 15)]
    public void The_embedded_roots_are_signed_by_their_own_threshold(string name, long version)
    {
        var instance = BuiltInInstances.Find(name)!;
        Assert.True(instance.IsBuiltIn);
        Assert.Equal(version, new TrustedMetadata(instance.InitialRoot, DateTimeOffset.MinValue).Root.Version);
    }

    [Theory]
    [InlineData("public", "rekor.sigstore.dev")]
    [InlineData("staging", "rekor.sigstage.dev")]
    public void The_embedded_trusted_roots_are_of_their_instance(string name, string log)
    {
        var trustedRoot = JsonDocument.Parse(BuiltInInstances.Find(name)!.Embedded!.TrustedRoot).RootElement;
        Assert.Contains(
            trustedRoot.GetProperty("tlogs").EnumerateArray(), t => new Uri(t.GetProperty("baseUrl").GetString()!).Host == log);
    }

    [Fact]
    public void One_changed_byte_of_a_root_is_noticed()
    {
        var root = BuiltInInstances.Find("public")!.InitialRoot.ToArray();
        var at = root.AsSpan().IndexOf("2026-06-22"u8);
        root[at + 3] = (byte)'9';
        var refusal = Assert.Throws<TufException>(() => new TrustedMetadata(root, DateTimeOffset.MinValue));
        Assert.Equal(TufRefusal.WrongThreshold, refusal.Reason);
    }
}
