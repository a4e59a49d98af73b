using Aixv.Protocol.Records;
using Aixv.Protocol.Rollbacks;
using Aixv.Protocol.Tests.Lineage;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Protocol.Tests.Rollbacks;

public sealed class RollbackRecordTests
{
    private static readonly DateTimeOffset Time = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    private static RollbackRecord Sample => new(StoreFixture.Model(2), StoreFixture.Model(1), Time);

    [Fact]
    public void A_record_names_event_artifact_target_and_time()
    {
        var record = Sample.ToRecord();
        Assert.Equal("rollback", record.Kind);
        Assert.Matches("^RBK-20260304T050607Z-[0-9a-f]{12}$", record.Id.Value);
        Assert.Equal(
            $$"""{"event_type":"rollback","artifact_digest":"{{StoreFixture.Model(2)}}","rollback_target":"{{StoreFixture.Model(1)}}","timestamp":"2026-03-04T05:06:07+00:00"}""",
            record.Payload.ToJsonString().Replace("\\u002B", "+", StringComparison.Ordinal));
        Assert.Equal(Sample, RollbackRecord.Read(record.Payload));
        Assert.Equal(Sample, RollbackRecord.Read(SignedRecord.Parse(record.ToBytes()).Payload));
        Assert.NotEqual(Sample.Id, (Sample with { Target = StoreFixture.Model(3) }).Id);
    }

    [Theory]
    [InlineData("rollback_target", "sha256:abc")]
    [InlineData("event_type", "promote")]
    [InlineData("timestamp", "yesterday")]
    [InlineData("more", "x")]
    public void A_record_that_does_not_fit_is_refused_by_name(string member, string value)
    {
        var json = Sample.ToJson();
        json[member] = value;
        Assert.Contains(member, Assert.Throws<FormatException>(() => RecordKinds.ReadPayload("rollback", json)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_target_is_a_digest_in_any_form_or_a_file()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "model.bin");
        File.WriteAllText(file, "weights");
        var digest = Digest.Of("weights"u8);
        foreach (var text in (string[])[digest.ToString(), digest.Hex, $" SHA256:{digest.Hex.ToUpperInvariant()} ", file])
        {
            Assert.Equal(digest, RollbackTarget.Resolve(text, TestContext.Current.CancellationToken));
        }
    }

    [Theory]
    [InlineData("sha256:abc", "neither a sha256 digest")]
    [InlineData("da39a3ee5e6b4b0d3255bfef95601890afd80709", "git commit id")]
    [InlineData("no-such-file", "nor a file that exists")]
    public void Anything_else_is_refused_with_its_reason(string text, string reason) =>
        Assert.Contains(reason, Assert.Throws<FormatException>(() => RollbackTarget.Resolve(text, TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_target_must_be_known_unless_allowed_and_never_the_artifact_itself()
    {
        var graph = RandomLineage.Create(1, 5).Graph;
        RollbackTarget.RequireKnown(graph, StoreFixture.Model(9), StoreFixture.Model(1), allowUnknown: false);
        RollbackTarget.RequireKnown(graph, StoreFixture.Model(1), StoreFixture.Model(9), allowUnknown: true);
        Assert.Contains("--allow-unknown", Assert.Throws<FormatException>(
            () => RollbackTarget.RequireKnown(graph, StoreFixture.Model(1), StoreFixture.Model(9), allowUnknown: false)).Message, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => RollbackTarget.RequireKnown(graph, StoreFixture.Model(1), StoreFixture.Model(1), allowUnknown: true));
    }
}
