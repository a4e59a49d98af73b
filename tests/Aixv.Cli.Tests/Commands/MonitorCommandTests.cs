using System.Text.Json.Nodes;
using Aixv.Protocol.Receipts;
using Aixv.Sigstore.Artifacts;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Keys;
using Aixv.Transparency.Storage;
using Aixv.Transparency.Writing;

namespace Aixv.Cli.Tests.Commands;

public sealed class MonitorCommandTests(PrivateInstance instance) : IDisposable
{
    private readonly CliFolder folder = new() { ForbidNetwork = false };
    private readonly SigningKey key = SigningKey.Generate(KeyAlgorithm.Ed25519);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private NoteSigner Signer => new("log.example/x", key);

    private string Key => Signer.Verifier.ToVerifierKey();

    public void Dispose()
    {
        folder.Dispose();
        key.Dispose();
    }

    private static List<JsonObject> Lines(CliRun run) =>
        [.. run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject())];

    private static string[] Events(CliRun run) => [.. Lines(run).Select(line => (string)line["event"]!)];

    private async Task AppendAsync(string name, params byte[][] entries)
    {
        await using var log = await TileLog.OpenAsync(
            new FileTileStore(Path.Combine(folder.Path, name)), Signer, new TileLogOptions(), TimeProvider.System, Cancel);
        foreach (var entry in entries)
        {
            await log.AppendAsync(entry, Cancel);
        }
    }

    private Task<CliRun> OnceAsync(string log, params string[] more) =>
        folder.RunAsync(["monitor", log, "--state", "state/x.json", "--log-key", Key, "--once", "--json", .. more]);

    [Fact]
    public async Task The_Authority_s_log_is_followed_and_who_signed_in_it_is_found()
    {
        folder.Write("model.bin", "weights that are monitored");
        string[] Monitor(params string[] more) =>
            ["monitor", $"{instance.Issuer}/api/v2", "--state", "state.json", "--trust-config", instance.TrustConfig, "--once", "--json", .. more];
        (await folder.RunAsync(Monitor("--from", "now"))).Exits(0);
        (await folder.RunAsync("sign", "model.bin", "--trust-config", instance.TrustConfig, "--identity-token", instance.Token)).Exits(0);
        var digest = Digest.Of("weights that are monitored"u8).ToString();
        var copy = folder.Read("state.json");

        var found = (await folder.RunAsync(Monitor("--identity", instance.Identity))).Exits(1);
        var match = Lines(found).First(line => (string?)line["event"] == "match" && line["digests"]!.AsArray().Any(d => (string?)d == digest));
        Assert.Equal((true, "hashedrekord"), ((bool?)match["alarm"], (string?)match["kind"]));
        Assert.Equal((instance.Identity, instance.Issuer), ((string?)match["signers"]![0]!["subject"], (string?)match["signers"]![0]!["issuer"]));

        folder.Write("state.json", copy);
        Assert.Contains("match", Events((await folder.RunAsync(Monitor("--digest", digest))).Exits(1)));
        folder.Write("state.json", copy);
        folder.Write("watch.json", $$"""{"watch_type":"aixv.watch-list/v1","digests":[{"digest":"{{digest}}","expected_signers":["{{instance.Identity}}"]}]}""");
        Assert.DoesNotContain("match", Events((await folder.RunAsync(Monitor("--watch", "watch.json"))).Exits(0)));
    }

    [Fact]
    public async Task Each_entry_is_reported_once_and_a_fork_at_every_look()
    {
        await AppendAsync("log", EntryLeaf.Public("a"u8, "model.attested", null, ["me@example.org"]).ToBytes());
        Assert.Equal(["match", "checked"], Events((await OnceAsync("log", "--identity", "*@example.org")).Exits(1)));
        Assert.Equal(["checked"], Events((await OnceAsync("log", "--identity", "*@example.org")).Exits(0)));
        await AppendAsync("fork", EntryLeaf.Public("b"u8).ToBytes(), EntryLeaf.Public("c"u8).ToBytes());
        for (var i = 0; i < 2; i++)
        {
            var fork = Assert.Single(Lines((await OnceAsync("fork")).Exits(1)));
            Assert.Equal("fork", (string?)fork["event"]);
            Assert.StartsWith("log.example/x\n1\n", (string?)fork["other"], StringComparison.Ordinal);
        }

        var text = (await folder.RunAsync("monitor", "fork", "--state", "state/x.json", "--log-key", Key, "--once")).Exits(1).Out;
        Assert.Contains("two histories", text, StringComparison.Ordinal);
        Assert.Equal(["fork"], Events((await folder.RunAsync(
            "monitor", "fork", "--state", "other.json", "--log-key", Key, "--once", "--json", "--checkpoint", "log/checkpoint")).Exits(1)));
    }

    [Fact]
    public async Task It_goes_on_until_it_is_stopped_and_a_log_that_is_away_for_a_while_is_no_alarm()
    {
        await AppendAsync("log", EntryLeaf.Public("a"u8).ToBytes());
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var output = new StringWriter();
        var running = CommandLine.RunAsync(
            ["monitor", "log", "--state", "state.json", "--log-key", Key, "--interval", "1", "--json", "--identity", "me"], folder.CreateApp(output, TextWriter.Null, stop.Token));
        await WaitForAsync("\"checked\"");
        File.Move(Path.Combine(folder.Path, "log", "checkpoint"), Path.Combine(folder.Path, "away"));
        await WaitForAsync("\"unavailable\"");
        File.Move(Path.Combine(folder.Path, "away"), Path.Combine(folder.Path, "log", "checkpoint"));
        await AppendAsync("log", EntryLeaf.Public("b"u8, null, null, ["me"]).ToBytes());
        await WaitForAsync("\"match\"");
        (await folder.RunAsync("monitor", "log", "--state", "state.json", "--log-key", Key, "--once")).Exits(3);
        await stop.CancelAsync();
        Assert.Equal(1, await running);

        async Task WaitForAsync(string text)
        {
            for (var i = 0; !Printed().Contains(text, StringComparison.Ordinal); i++)
            {
                Assert.True(i < 400, $"no {text} in {Printed()}");
                await Task.Delay(50, Cancel);
            }
        }

        string Printed()
        {
            try
            {
                return output.ToString();
            }
            catch (ArgumentOutOfRangeException)
            {
                // The writer is not made for two threads; the next look will do.
                return "";
            }
        }
    }

    [Fact]
    public async Task What_is_not_there_or_not_right_is_said()
    {
        (await OnceAsync("nowhere")).Exits(1);
        await AppendAsync("log", "x"u8.ToArray());
        (await folder.RunAsync("monitor", "log", "--state", "s.json", "--once")).Exits(2);
        (await folder.RunAsync("monitor", "log", "--log-key", Key, "--once")).Exits(2);
        (await OnceAsync("log", "--interval", "0")).Exits(2);
        (await OnceAsync("log", "--from", "x")).Exits(2);
        (await OnceAsync("log", "--digest", "sha256:00")).Exits(1);
        Assert.Equal(["unreadable", "checked"], Events((await OnceAsync("log")).Exits(0)));
        folder.Write("state/x.json", "{}");
        (await OnceAsync("log")).Exits(1);
        (await folder.RunAsync("monitor", "http://127.0.0.1:9/", "--state", "s.json", "--log-key", Key, "--once")).Exits(3);
    }
}
