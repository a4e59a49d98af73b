using System.Net;
using System.Text.Json.Nodes;
using Aixv.Protocol.Advisories;
using Aixv.Protocol.Advisories.Feeds;
using Aixv.Protocol.Records;

namespace Aixv.Protocol.Tests.Advisories.Feeds;

public sealed class FeedSyncTests(VirtualSigstore sigstore) : IDisposable
{
    private const string Replay = "advisory replay/stale update detected: integrated_time did not advance";
    private readonly TemporaryFolder folder = new();
    private readonly HttpClient http = new(new FakeWeb(_ => new HttpResponseMessage(HttpStatusCode.NotFound)));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string FeedPath => folder.Combine("feed.json");

    private RecordStore Store => new(folder.Combine("store"));

    public void Dispose()
    {
        http.Dispose();
        folder.Dispose();
    }

    private FeedSyncRequest Request => new()
    {
        Feed = FeedReference.Parse(FeedPath),
        Trusted = TrustedSigners.Exactly([VirtualSigstore.Security], [sigstore.Issuer]),
    };

    private Task<FeedSyncResult> SyncAsync(FeedSyncRequest? request = null, TimeProvider? clock = null) =>
        new FeedSync(Store, sigstore.Verifier, new ReferenceFetcher(http), clock ?? sigstore.Clock).RunAsync(request ?? Request, Cancel);

    private async Task<string> RefusedAsync(FeedSyncRequest? request = null, TimeProvider? clock = null) =>
        (await Assert.ThrowsAsync<FeedRefusedException>(() => SyncAsync(request, clock))).Message;

    /// <summary>An entry whose record was signed a second after all others.</summary>
    private async Task<JsonObject> EntryAsync(string id, string status = "active", string email = VirtualSigstore.Security)
    {
        sigstore.Clock.Advance(TimeSpan.FromSeconds(2));
        var record = Samples.Record("advisory", id, Samples.Advisory(id, status)).ToBytes();
        return new JsonObject { ["record"] = JsonNode.Parse(record), ["bundle"] = JsonNode.Parse(await sigstore.SignAsync(record, email)) };
    }

    private async Task PublishAsync(params JsonObject[] entries) => await File.WriteAllTextAsync(
        FeedPath,
        new JsonObject { ["schema"] = "aixv.advisory-feed/v1", ["entries"] = new JsonArray([.. entries.Select(e => e.DeepClone())]) }.ToJsonString(),
        Cancel);

    /// <summary>A feed with a snapshot, signed.</summary>
    private async Task PublishAsync(long number, TimeSpan age, TimeSpan life, string email = VirtualSigstore.Security)
    {
        var issued = sigstore.Clock.GetUtcNow() - age;
        var feed = AdvisoryFeed.Build(Store.List("advisory").Records, new FeedSnapshot(number, issued, issued + life));
        await File.WriteAllBytesAsync(FeedPath, feed, Cancel);
        await File.WriteAllBytesAsync($"{FeedPath}.sigstore.json", await sigstore.SignAsync(feed, email), Cancel);
    }

    [Fact]
    public async Task Good_entries_are_imported_and_bad_ones_named()
    {
        var swapped = await EntryAsync("ADV-3");
        swapped["bundle"] = (await EntryAsync("ADV-4"))["bundle"]!.DeepClone();
        await PublishAsync(
            await EntryAsync("ADV-1"), await EntryAsync("ADV-2", email: VirtualSigstore.Stranger), swapped, new JsonObject { ["record"] = "missing.json", ["bundle"] = "b.json" }, []);
        var result = await SyncAsync();
        Assert.Equal((1, 4, 5), (result.ImportedCount, result.RejectedCount, result.Entries.Length));
        Assert.Equal(folder.Combine("store", "advisories", "ADV-1.json"), result.Entries[0].RecordPath);
        Assert.Equal("advisory ADV-2: untrusted signer: expected security@example.org, found stranger@example.org", result.Entries[1].Error);
        Assert.StartsWith("advisory ADV-3: the bundle is of other bytes", result.Entries[2].Error, StringComparison.Ordinal);
        Assert.Contains("missing.json", result.Entries[3].Error, StringComparison.Ordinal);
        Assert.Equal("invalid advisory feed entry: $: record or record_url is required", result.Entries[4].Error);
        Assert.Empty(new StoreCheck(Store.Root).Run().Problems);
    }

    [Fact]
    public async Task A_replay_is_detected_and_an_advance_is_imported_as_the_next_number()
    {
        var first = await EntryAsync("ADV-1");
        var second = await EntryAsync("ADV-1", "mitigated");
        await PublishAsync(second);
        Assert.Equal(1, (await SyncAsync()).ImportedCount);
        await PublishAsync(first);
        Assert.Equal(Replay, (await SyncAsync()).Entries[0].Error);
        await PublishAsync(second);
        Assert.Equal(Replay, (await SyncAsync()).Entries[0].Error);
        Assert.Equal(FeedEntryStatus.Unchanged, (await SyncAsync(Request with { AllowUnchanged = true })).Entries[0].Status);
        await PublishAsync(await EntryAsync("ADV-1", "withdrawn"));
        Assert.Equal(folder.Combine("store", "advisories", "ADV-1.2.json"), (await SyncAsync()).Entries[0].RecordPath);
        Assert.Empty(new StoreCheck(Store.Root).Run().Problems);
    }

    [Fact]
    public async Task An_old_advisory_is_rejected_by_its_age()
    {
        await PublishAsync(await EntryAsync("ADV-1"));
        var later = new ShiftedClock(sigstore.Clock, TimeSpan.FromDays(31));
        Assert.EndsWith("is 31 days old, at most 30 are allowed", (await SyncAsync(Request with { MaxBundleAgeDays = 30 }, later)).Entries[0].Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clock_set_back_is_noticed()
    {
        await PublishAsync(await EntryAsync("ADV-1"));
        await SyncAsync();
        Assert.StartsWith("the clock was set back: it is ", await RefusedAsync(clock: new ShiftedClock(sigstore.Clock, TimeSpan.FromDays(-1))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Records_and_bundles_may_stand_beside_the_feed()
    {
        var record = Samples.Record("advisory", "ADV-1", Samples.Advisory("ADV-1")).ToBytes();
        await File.WriteAllBytesAsync(folder.Combine("ADV-1.json"), record, Cancel);
        await File.WriteAllBytesAsync(folder.Combine("ADV-1.json.sigstore.json"), await sigstore.SignAsync(record, VirtualSigstore.Security), Cancel);
        await PublishAsync(new JsonObject { ["record_url"] = "ADV-1.json", ["bundle_url"] = "ADV-1.json.sigstore.json" });
        Assert.Equal(1, (await SyncAsync()).ImportedCount);
    }

    [Fact]
    public async Task A_feed_over_https_never_leads_to_a_local_file_or_to_http()
    {
        var feed = $$"""{"entries":[{"record":"file:///etc/passwd","bundle":"b"},{"record":"http://feeds.example.org/r","bundle":"b"}]}""";
        using var web = new HttpClient(new FakeWeb(_ => FakeWeb.Json(feed)));
        var result = await new FeedSync(Store, sigstore.Verifier, new ReferenceFetcher(web), sigstore.Clock)
            .RunAsync(Request with { Feed = FeedReference.Parse("https://feeds.example.org/feed.json") }, Cancel);
        Assert.Equal(
            ["a remote feed must not refer to a local file", "insecure remote reference: only https:// is allowed"], result.Entries.Select(e => e.Error));
    }

    [Fact]
    public async Task A_feed_of_ten_million_entries_is_refused_before_anything_is_imported()
    {
        using var web = new HttpClient(new FakeWeb(_ => new HttpResponseMessage { Content = new StreamContent(new EndlessFeed(10_000_000)) }));
        var sync = new FeedSync(Store, sigstore.Verifier, new ReferenceFetcher(web), sigstore.Clock);
        var request = Request with { Feed = FeedReference.Parse("https://feeds.example.org/feed.json") };
        var e = await Assert.ThrowsAsync<FormatException>(() => sync.RunAsync(request with { MaximumBytes = 8 * 1024 * 1024 }, Cancel));
        Assert.Equal("https://feeds.example.org/feed.json: more than 8388608 bytes, which is the most that is read", e.Message);

        await File.WriteAllTextAsync(FeedPath, $"{{\"entries\":[{string.Join(',', Enumerable.Repeat("{}", 100_001))}]}}", Cancel);
        e = await Assert.ThrowsAsync<FormatException>(() => SyncAsync());
        Assert.Equal("advisory feed: more than 100000 entries, which is the most that is read", e.Message);
        Assert.Empty(Store.List("advisory").Records);
    }

    [Theory]
    [InlineData("{}", "invalid advisory feed: $.entries: required and missing")]
    [InlineData("""{"entries":[],"next":"x"}""", "invalid advisory feed: $: unknown member 'next', allowed: schema, snapshot, entries")]
    [InlineData("""{"schema":"aixv.advisory-feed/v2","entries":[]}""", "invalid advisory feed: $.schema: found 'aixv.advisory-feed/v2', allowed: aixv.advisory-feed/v1")]
    public async Task What_is_no_feed_is_refused(string json, string message)
    {
        await File.WriteAllTextAsync(FeedPath, json, Cancel);
        Assert.Equal(message, (await Assert.ThrowsAsync<FormatException>(() => SyncAsync())).Message);
    }

    [Fact]
    public async Task A_signed_snapshot_proves_that_there_is_no_news()
    {
        await Store.AddAsync(Samples.Record("advisory", "ADV-1", Samples.Advisory("ADV-1")), sigstore.By(VirtualSigstore.Security), Cancel);
        await PublishAsync(7, TimeSpan.Zero, TimeSpan.FromDays(1));
        var result = await SyncAsync(Request with { RequireSnapshot = true });
        Assert.Equal(7, result.Snapshot!.Number);
        Assert.Equal(FeedEntryStatus.Unchanged, Assert.Single(result.Entries).Status);
    }

    [Fact]
    public async Task A_frozen_feed_is_noticed()
    {
        await PublishAsync(7, TimeSpan.FromDays(2), TimeSpan.FromDays(1));
        Assert.Matches("^advisory feed snapshot 7 expired .*: the feed is frozen or withheld, and what happened since is not known$", await RefusedAsync());
    }

    [Fact]
    public async Task An_older_snapshot_is_a_rollback()
    {
        await PublishAsync(7, TimeSpan.Zero, TimeSpan.FromDays(1));
        await SyncAsync();
        await PublishAsync(6, TimeSpan.Zero, TimeSpan.FromDays(1));
        Assert.Equal("advisory feed rollback detected: snapshot 6, and 7 was accepted before", await RefusedAsync());
    }

    [Fact]
    public async Task A_snapshot_that_is_stripped_is_noticed()
    {
        await PublishAsync();
        Assert.Equal("the advisory feed carries no snapshot, and one is required", await RefusedAsync(Request with { RequireSnapshot = true }));
        await PublishAsync(7, TimeSpan.Zero, TimeSpan.FromDays(1));
        await SyncAsync();
        await PublishAsync();
        Assert.Equal("the advisory feed carries no snapshot, and it did before (number 7)", await RefusedAsync());
    }

    [Fact]
    public async Task A_snapshot_must_be_signed_by_a_trusted_subject_over_this_feed()
    {
        await PublishAsync(7, TimeSpan.Zero, TimeSpan.FromDays(1), VirtualSigstore.Stranger);
        Assert.Equal("the advisory feed's signature is refused: expected security@example.org, found stranger@example.org", await RefusedAsync());
        await PublishAsync(7, TimeSpan.Zero, TimeSpan.FromDays(1));
        await File.WriteAllTextAsync(FeedPath, (await File.ReadAllTextAsync(FeedPath, Cancel)).Replace("\"number\":7", "\"number\":8", StringComparison.Ordinal), Cancel);
        Assert.StartsWith("the advisory feed's signature is refused", await RefusedAsync(), StringComparison.Ordinal);
        File.Delete($"{FeedPath}.sigstore.json");
        Assert.Equal($"the advisory feed carries a snapshot and is not signed: {FeedPath}.sigstore.json is not there", await RefusedAsync());
    }

    [Fact]
    public async Task A_damaged_state_is_not_taken_for_a_new_one()
    {
        Directory.CreateDirectory(Store.Root);
        await File.WriteAllTextAsync(Path.Combine(Store.Root, "advisory-sync-state.json"), "{", Cancel);
        await PublishAsync();
        Assert.EndsWith("without it replayed advisories would not be noticed: restore it", (await Assert.ThrowsAsync<FormatException>(() => SyncAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_advisory_is_withdrawn_by_appending()
    {
        var id = RecordId.Parse("ADV-1");
        Assert.StartsWith("advisory ADV-1 is not in the store", Assert.Throws<FormatException>(() => AdvisoryUpdate.Next(Store, id, AdvisoryStatus.Withdrawn, Samples.Now)).Message, StringComparison.Ordinal);
        await Store.AddAsync(Samples.Record("advisory", "ADV-1", Samples.Advisory("ADV-1")), null, Cancel);
        var next = AdvisoryUpdate.Next(Store, id, AdvisoryStatus.Withdrawn, Samples.Now.AddDays(1), "false-alarm");
        await Store.AddAsync(next, null, Cancel);
        var standing = Advisory.Read(Store.Find("advisory", id).Records[^1].Record.Payload);
        Assert.Equal((AdvisoryStatus.Withdrawn, "false-alarm", AdvisoryClass.Weights), (standing.Status, standing.ReasonCode, standing.Class));
        Assert.StartsWith("advisory ADV-1 is withdrawn already", Assert.Throws<FormatException>(() => AdvisoryUpdate.Next(Store, id, AdvisoryStatus.Withdrawn, Samples.Now)).Message, StringComparison.Ordinal);
    }
}
