using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Aixv.Protocol.Receipts;
using Aixv.Transparency.Keys;

namespace Aixv.Cli.Tests.Commands;

public sealed class ReceiptCommandTests : IDisposable
{
    private readonly CliFolder folder = new();

    public ReceiptCommandTests()
    {
        folder.Write("receipt.json", Golden("receipt.v1.json"));
        folder.Write("trust.json", Golden("receipt-trust.v1.json"));
    }

    private static string Key => (string)JsonNode.Parse(Golden("receipt.v1.json"))!["log"]!["key"]!;

    private static string Witness => (string)JsonNode.Parse(Golden("receipt-trust.v1.json"))!["witnesses"]![0]!;

    public void Dispose() => folder.Dispose();

    private static string Golden(string name, [CallerFilePath] string here = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "testdata", "golden", "documents", name));

    [Fact]
    public async Task A_receipt_is_verified_by_key_by_key_file_and_by_trust_file()
    {
        folder.Write("keys.txt", $"# the log\n{Key}\n");
        foreach (var key in (string[])[Key, "keys.txt", "trust.json"])
        {
            var json = (await folder.RunAsync("receipt", "verify", "receipt.json", "--log-key", key, "--json")).Exits(0).Json;
            Assert.True((bool?)json["ok"]);
            Assert.Equal(("model.attested", "log.example.org/track", 1, true),
                ((string?)json["kind"], (string?)json["log"], (int?)json["index"], (bool?)json["private"]));
            Assert.Equal("tiny", (string?)json["statement"]!["content"]!["name"]);
            Assert.Equal(key == "trust.json" ? 1 : 0, json["witnesses"]!.AsArray().Count);
        }

        var text = (await folder.RunAsync("receipt", "verify", "receipt.json", "--log-key", Key, "--witness", Witness)).Exits(0).Out;
        Assert.Contains("witness.example.org saw it by 2026-06-01T12:00:02Z", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receipt_that_does_not_hold_exits_1_with_the_reason()
    {
        folder.Write("broken.json", Golden("receipt.v1.json").Replace("\"index\": 1", "\"index\": 0", StringComparison.Ordinal));
        var json = (await folder.RunAsync("receipt", "verify", "broken.json", "--log-key", Key, "--json")).Exits(1).Json;
        Assert.Equal(("inclusion-proof-invalid", "receipt verify"), ((string?)json["reason"], (string?)json["command"]));
        folder.Write("none.json", "{");
        Assert.Contains("malformed", (await folder.RunAsync("receipt", "verify", "none.json", "--log-key", Key)).Exits(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whose_log_is_believed_must_be_said()
    {
        Assert.Contains("--log-key", (await folder.RunAsync("receipt", "verify", "receipt.json")).Exits(2).Error, StringComparison.Ordinal);
        (await folder.RunAsync("receipt", "verify", "receipt.json", "--log-key", "nothing")).Exits(1);
        (await folder.RunAsync("receipt", "verify", "receipt.json", "--log-key", Key, "--required-witnesses", "1")).Exits(2);
        (await folder.RunAsync("receipt", "verify", "receipt.json", "--log-key", "x+00+AA==")).Exits(1);
    }

    [Fact]
    public async Task A_transparent_statement_of_the_same_data_is_verified_too()
    {
        byte[] seed = [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20, .. Enumerable.Repeat((byte)1, 32)];
        using var logKey = SigningKey.FromPkcs8(seed);
        var receipt = Receipt.Parse(System.Text.Encoding.UTF8.GetBytes(Golden("receipt.v1.json")));
        await File.WriteAllBytesAsync(
            Path.Combine(folder.Path, "statement.cose"), receipt.ToTransparentStatement(logKey).ToBytes(), TestContext.Current.CancellationToken);
        var json = (await folder.RunAsync("receipt", "verify", "statement.cose", "--log-key", Key, "--json")).Exits(0).Json;
        Assert.Equal(("model.attested", 3), ((string?)json["kind"], (int?)json["tree_size"]));
        Assert.Equal("witness-missing", (string?)(await folder.RunAsync("receipt", "verify", "statement.cose", "--log-key", "trust.json", "--json")).Exits(1).Json["reason"]);
        Assert.Contains("model.attested", (await folder.RunAsync("receipt", "show", "statement.cose")).Exits(0).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_shown_is_said_not_to_be_verified()
    {
        var shown = (await folder.RunAsync("receipt", "show", "receipt.json")).Exits(0).Out;
        Assert.Contains("not verified", shown, StringComparison.Ordinal);
        Assert.Contains("\"name\": \"tiny\"", shown, StringComparison.Ordinal);
        var json = (await folder.RunAsync("receipt", "show", "receipt.json", "--json")).Exits(0).Json;
        Assert.Equal((false, Key), ((bool?)json["verified"], (string?)json["log_key"]));
    }
}
