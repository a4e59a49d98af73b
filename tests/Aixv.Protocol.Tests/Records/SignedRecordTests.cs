using System.Text;
using System.Text.Json.Nodes;
using Aixv.Protocol.Records;

namespace Aixv.Protocol.Tests.Records;

public sealed class SignedRecordTests
{
    private static JsonObject Valid => Samples.Record("policy", "production", Samples.Policy).ToJson();

    private static SignedRecord Parse(JsonObject json) => SignedRecord.Parse(Encoding.UTF8.GetBytes(json.ToJsonString()));

    [Fact]
    public void What_is_written_is_read_again()
    {
        var record = Samples.Record("policy", "production", Samples.Policy) with { SignatureBundlePath = "production.json.sigstore.json" };
        var read = SignedRecord.Parse(record.ToBytes());
        Assert.Equal(record.ToBytes(), read.ToBytes());
        Assert.Equal("2026-06-01T12:00:00+00:00", read.ToJson()["created_at"]!.GetValue<string>());
    }

    public static TheoryData<string, string, string> Faulty => new()
    {
        { "schema", "\"aixv.signed-record/v9\"", "invalid signed record: $.schema: found 'aixv.signed-record/v9', allowed: aixv.signed-record/v1" },
        { "kind", "7", "invalid signed record: $.kind: expected a string, found a number" },
        { "kind", "\"Policy\"", "invalid signed record: $.kind: found 'Policy', allowed: a lower-case word with dashes, as incident-report" },
        { "record_id", "\"../x\"", "invalid signed record: $.record_id: found '../x', allowed: ^[A-Za-z0-9._-]{1,128}$, neither . nor .., nor ending in .sigstore" },
        { "created_at", "\"yesterday\"", "invalid signed record: $.created_at: expected an RFC 3339 time as 2026-01-31T12:00:00+00:00, found 'yesterday'" },
        { "payload", "[]", "invalid signed record: $.payload: expected an object, found a list" },
        { "payload", "null", "invalid signed record: $.payload: required and missing" },
        { "colour", "\"red\"", "invalid signed record: $: unknown member 'colour', allowed: schema, kind, record_id, created_at, payload, signature_bundle_path" },
    };

    [Theory, MemberData(nameof(Faulty))]
    public void A_fault_is_named_with_its_place_what_was_found_and_what_is_allowed(string member, string value, string message)
    {
        var json = Valid;
        json[member] = JsonNode.Parse(value);
        Assert.Equal(message, Assert.Throws<FormatException>(() => Parse(json)).Message);
    }

    [Fact]
    public void A_double_member_is_refused()
    {
        var e = Assert.Throws<FormatException>(() => SignedRecord.Parse("""{"kind":"policy","kind":"advisory"}"""u8.ToArray()));
        Assert.Contains("not valid JSON", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a b")]
    [InlineData("a\n")]
    [InlineData("a.json.sigstore")]
    [InlineData("ä")]
    public void A_record_id_that_is_no_safe_file_name_is_refused(string id) =>
        Assert.StartsWith("invalid record_id: must match ^[A-Za-z0-9._-]{1,128}$", Assert.Throws<FormatException>(() => RecordId.Parse(id)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("ADV-2026-0001")]
    [InlineData("a..b")]
    [InlineData("...")]
    public void Other_record_ids_are_taken(string id) => Assert.Equal(id, RecordId.Parse(id).Value);

    [Fact]
    public void A_record_id_has_at_most_128_characters()
    {
        Assert.True(RecordId.TryParse(new string('a', 128), null, out _));
        Assert.False(RecordId.TryParse(new string('a', 129), null, out _));
    }
}
