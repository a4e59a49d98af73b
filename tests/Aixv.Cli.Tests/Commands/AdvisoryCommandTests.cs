using Aixv.Protocol.Advisories.Feeds;
using Aixv.Protocol.Records;

namespace Aixv.Cli.Tests.Commands;

public sealed class AdvisoryCommandTests(PrivateInstance instance) : IDisposable
{
    private static readonly string[] Creation = ["advisory", "create", "--advisory-id", "ADV-2026-0001", "--severity", "critical", "--input", "advisory.json"];

    private readonly RecordFolder records = new(instance);

    private CliFolder Folder => records.Folder;

    public void Dispose() => records.Dispose();

    [Fact]
    public async Task An_advisory_is_signed_verified_and_listed()
    {
        var created = (await records.SignedAsync(Creation)).Exits(0).Json;
        Assert.Equal(".aixv/advisories/ADV-2026-0001.json", (string?)created["record_path"]);
        var verified = (await records.VerifiedAsync("advisory", "verify", ".aixv/advisories/ADV-2026-0001.json")).Exits(0).Json;
        Assert.Equal("critical", (string?)verified["severity"]);
        Assert.Equal("weights", (string?)verified["class"]);

        var listed = (await records.VerifiedAsync("advisory", "list", "model.bin", "--require-signed")).Exits(0).Json;
        Assert.Equal(1, (int?)listed["advisory_count"]);
        Assert.Equal(1, (int?)listed["active_count"]);
        var advisory = listed["advisories"]![0]!;
        Assert.Equal("ADV-2026-0001", (string?)advisory["advisory_id"]);
        Assert.Equal(instance.Identity, (string?)advisory["signer"]);
        Assert.True((bool?)advisory["trusted"]);
        Assert.Equal(0, (int?)(await records.VerifiedAsync("advisory", "list", $"sha256:{new string('0', 64)}", "--require-signed")).Exits(0).Json["advisory_count"]);
    }

    [Fact]
    public async Task A_list_that_requires_signatures_says_what_it_ignores()
    {
        (await Folder.RunAsync(Creation)).Exits(0);
        var all = (await Folder.RunAsync("advisory", "list", "model.bin", "--json")).Exits(0);
        Assert.Equal(
            $$"""
            {"active_count": 1, "advisories": [{"advisory_id": "ADV-2026-0001", "class": "weights", "integrated_time": null, "reason_code": "poisoned-weights", "recommended_actions": [], "record_path": ".aixv/advisories/ADV-2026-0001.json", "severity": "critical", "signature_error": null, "signed": false, "signer": null, "status": "active", "trusted": false}], "advisory_count": 1, "artifact": "model.bin", "artifact_digest": "{{RecordFolder.Model}}", "ignored": [], "ok": true, "require_signed": false, "trust_warning": null, "unreadable": []}

            """,
            all.Out);
        var signed = (await records.VerifiedAsync("advisory", "list", "model.bin", "--require-signed")).Exits(0).Json;
        Assert.Equal(0, (int?)signed["advisory_count"]);
        Assert.Single(signed["ignored"]!.AsArray());
        Assert.Contains("trusted subject constraints required", (await Folder.RunAsync("advisory", "list", "model.bin", "--require-signed")).Exits(1).Error);
        (await records.SignedAsync(Creation)).Exits(0);
        var stranger = (await records.TrustingAsync("mallory@example.com", "advisory", "list", "model.bin", "--require-signed")).Exits(0).Json;
        Assert.Contains("untrusted signer", (string?)stranger["ignored"]![0]!["signature_error"]);
    }

    [Fact]
    public async Task A_damaged_advisory_makes_the_list_fail()
    {
        (await Folder.RunAsync(Creation)).Exits(0);
        Folder.Write(".aixv/advisories/ADV-2.json", "{");
        var json = (await Folder.RunAsync("advisory", "list", "model.bin", "--json")).Exits(1).Json;
        Assert.False((bool?)json["ok"]);
        Assert.Equal(1, (int?)json["advisory_count"]);
        Assert.Equal(".aixv/advisories/ADV-2.json", (string?)json["unreadable"]![0]!["path"]);
    }

    [Fact]
    public async Task Withdrawal_and_mitigation_append()
    {
        (await records.SignedAsync(Creation)).Exits(0);
        var before = Folder.Read(".aixv/advisories/ADV-2026-0001.json");
        var mitigated = (await records.SignedAsync("advisory", "mitigate", "ADV-2026-0001")).Exits(0).Json;
        Assert.Equal(".aixv/advisories/ADV-2026-0001.2.json", (string?)mitigated["record_path"]);
        Assert.Equal(before, Folder.Read(".aixv/advisories/ADV-2026-0001.json"));
        var listed = (await records.VerifiedAsync("advisory", "list", "model.bin", "--require-signed")).Exits(0).Json;
        Assert.Equal("mitigated", (string?)listed["advisories"]![0]!["status"]);
        Assert.Equal(0, (int?)listed["active_count"]);
        (await records.SignedAsync("advisory", "withdraw", "ADV-2026-0001", "--reason-code", "false-alarm")).Exits(0);
        Assert.Equal("false-alarm", (string?)(await Folder.RunAsync("advisory", "list", "model.bin", "--json")).Exits(0).Json["advisories"]![0]!["reason_code"]);
        Assert.Contains("is withdrawn already", (await Folder.RunAsync("advisory", "withdraw", "ADV-2026-0001")).Exits(1).Error);
        Assert.Contains("advisory ADV-9 is not in the store", (await Folder.RunAsync("advisory", "withdraw", "ADV-9")).Exits(1).Error);
        Assert.Equal(6, records.Files().Length);
    }

    [Theory]
    [InlineData("--severity", "grave", "$.severity")]
    [InlineData("--advisory-id", "../x", "$.advisory_id")]
    public async Task An_advisory_that_does_not_fit_is_refused_and_nothing_written(string option, string value, string message)
    {
        Assert.Contains(message, (await Folder.RunAsync([.. Creation.Select((word, i) => i > 0 && Creation[i - 1] == option ? value : word)])).Exits(1).Error);
        Folder.Write("advisory.json", """{"affected": {"digest": "x"}, "reason_code": "r"}""");
        Assert.Contains("$.affected", (await Folder.RunAsync(Creation)).Exits(1).Error);
        Assert.Contains("severity is missing: pass --severity", (await Folder.RunAsync("advisory", "create", "--advisory-id", "A", "--input", "advisory.json")).Exits(1).Error);
        Assert.Empty(records.Files());
    }

    private void WriteFeed(string name, FeedSnapshot? snapshot = null)
    {
        var stored = new RecordStore(Path.Combine(Folder.Path, ".aixv")).List("advisory").Records;
        File.WriteAllBytes(Path.Combine(Folder.Path, name), AdvisoryFeed.Build(stored, snapshot));
    }

    [Fact]
    public async Task A_feed_is_taken_over_and_a_replay_of_it_is_rejected()
    {
        (await records.SignedAsync(Creation)).Exits(0);
        WriteFeed("advisory-feed.json");
        string[] sync = ["advisory", "sync", "--feed", "advisory-feed.json", "--max-bundle-age-days", "30", "--store", "other"];
        var json = (await records.VerifiedAsync(sync)).Exits(0).Json;
        Assert.Equal("advisory-feed.json", (string?)json["feed"]);
        Assert.Equal(1, (int?)json["entry_count"]);
        Assert.Equal(1, (int?)json["imported_count"]);
        Assert.Equal(0, (int?)json["rejected_count"]);
        Assert.Equal("other/advisories/ADV-2026-0001.json", (string?)json["results"]![0]!["record_path"]);
        Assert.Equal(Folder.Read(".aixv/advisories/ADV-2026-0001.json"), Folder.Read("other/advisories/ADV-2026-0001.json"));
        Assert.True(Folder.Has("other/advisory-sync-state.json"));

        var replay = (await records.VerifiedAsync(sync)).Exits(1).Json;
        Assert.Equal("advisory replay/stale update detected: integrated_time did not advance", (string?)replay["results"]![0]!["error"]);
        Assert.Equal("1 of 1 advisories were rejected", (string?)replay["error"]);
        Assert.Equal("advisory sync", (string?)replay["command"]);
        Assert.Equal("unchanged", (string?)(await records.VerifiedAsync([.. sync, "--allow-unchanged"])).Exits(0).Json["results"]![0]!["status"]);
    }

    [Fact]
    public async Task Feeds_that_cannot_be_believed_are_refused()
    {
        (await records.SignedAsync(Creation)).Exits(0);
        WriteFeed("f.json");
        string[] sync = ["advisory", "sync", "--store", "other", "--feed"];
        Assert.Contains("trusted subject constraints required", (await Folder.RunAsync([.. sync, "f.json"])).Exits(1).Error);
        Assert.Contains("insecure remote reference: only https:// is allowed", (await records.VerifiedAsync([.. sync, "http://example.com/f.json"])).Exits(1).Out);
        Assert.Contains("feed not found: none.json", (await records.VerifiedAsync([.. sync, "none.json"])).Exits(1).Out);
        Assert.Contains("carries no snapshot, and one is required", (await records.VerifiedAsync([.. sync, "f.json", "--require-snapshot"])).Exits(1).Out);
        (await records.TrustingAsync("mallory@example.com", [.. sync, "f.json"])).Exits(1);
        (await records.VerifiedAsync([.. sync, "f.json", "--max-bundle-age-days", "0"])).Exits(2);
        Assert.DoesNotContain("advisories/ADV-2026-0001.json", records.Files("other"));
    }

    [Fact]
    public async Task A_signed_snapshot_of_a_feed_is_verified()
    {
        (await records.SignedAsync(Creation)).Exits(0);
        var now = DateTimeOffset.Parse((string)(await records.VerifiedAsync("advisory", "verify", ".aixv/advisories/ADV-2026-0001.json")).Json["integrated_time"]!, System.Globalization.CultureInfo.InvariantCulture);
        WriteFeed("f.json", new FeedSnapshot(3, now, now.AddDays(1)));
        string[] sync = ["advisory", "sync", "--feed", "f.json", "--store", "other", "--require-snapshot", "--allow-unchanged"];
        Assert.Contains("carries a snapshot and is not signed", (await records.VerifiedAsync(sync)).Exits(1).Out);
        (await Folder.RunAsync("sign", "f.json", "--identity-token", instance.Token, "--trust-config", instance.TrustConfig)).Exits(0);
        Assert.Equal(3, (int?)(await records.VerifiedAsync(sync)).Exits(0).Json["snapshot"]!["number"]);
    }

    [Fact]
    public async Task A_published_feed_is_believed_and_counts_up()
    {
        (await records.SignedAsync(Creation)).Exits(0);
        string[] publish = ["advisory", "publish", "--output", "feed.json", "--identity-token", instance.Token, "--trust-config", instance.TrustConfig, "--json"];
        var first = (await Folder.RunAsync(publish)).Exits(0).Json;
        Assert.Equal(1, (int?)first["entry_count"]);
        Assert.Equal(1, (int?)first["snapshot"]!["number"]);
        var synced = (await records.VerifiedAsync("advisory", "sync", "--feed", "feed.json", "--store", "other", "--require-snapshot")).Exits(0).Json;
        Assert.Equal(1, (int?)synced["imported_count"]);
        Assert.Equal(2, (int?)(await Folder.RunAsync(publish)).Exits(0).Json["snapshot"]!["number"]);
    }

    [Fact]
    public async Task What_cannot_be_published_is_named_and_nothing_is_written()
    {
        (await Folder.RunAsync(Creation)).Exits(0);
        string[] publish = ["advisory", "publish", "--output", "feed.json", "--identity-token", instance.Token, "--trust-config", instance.TrustConfig];
        Assert.Contains("advisory not signed", (await Folder.RunAsync(publish)).Exits(1).Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Folder.Path, "feed.json")));
        (await records.SignedAsync(Creation)).Exits(0);
        Folder.Write("feed.json", "{}");
        Assert.Contains("it is not overwritten", (await Folder.RunAsync(publish)).Exits(1).Error, StringComparison.Ordinal);
    }
}
