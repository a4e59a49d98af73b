using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Aixv.Protocol.Receipts;
using Aixv.Track.Hosting;
using Aixv.Track.Indexing;
using Aixv.Track.Log;
using Aixv.Track.Storage;
using Aixv.Track.Tenants;
using Aixv.Track.Tests.Storage;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Proofs;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aixv.Track.Tests.Hosting;

/// <summary>Real processes under load, killed at any moment: what was acknowledged is there, proven, and once.</summary>
public sealed class TortureTests(PostgresCluster cluster, S3Server s3) : IClassFixture<PostgresCluster>, IClassFixture<S3Server>, IDisposable
{
    private readonly string folder = TestTrack.NewFolder();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> NewAgentAsync(Uri node, string key)
    {
        using var http = new HttpClient { BaseAddress = node };
        http.DefaultRequestHeaders.Add("X-API-Key", key);
        using var body = new StringContent("""{"display_name":"torturer"}""", Encoding.UTF8, "application/json");
        using var response = await http.PostAsync("/v1/agents", body, Cancel);
        return JsonNode.Parse(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync(Cancel))!["id"]!.GetValue<string>();
    }

    [Fact]
    public async Task One_node_on_files_keeps_what_it_acknowledged_through_kills()
    {
        var data = Path.Combine(folder, "data");
        await using var node = new RunningNode(data, RunningNode.FreePort(), new Dictionary<string, string>());
        Directory.CreateDirectory(data);
        var said = await node.StartAsync();
        var key = said["registry"]!["admin_key"]!.GetValue<string>();
        using var load = new AttestLoad([node.Url], key, await NewAgentAsync(node.Url, key));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var running = load.RunAsync(16, stop.Token);
        for (var round = 0; round < 4; round++)
        {
            await Task.Delay(800 + 370 * round % 900, Cancel);
            await node.KillAsync();
            await node.StartAsync();
        }

        await Task.Delay(500, Cancel);
        await stop.CancelAsync();
        await running;
        await node.KillAsync();
        await VerifyAsync(new TrackOptions { DataFolder = Path.Combine(data, "track"), Url = node.Url.AbsoluteUri.TrimEnd('/') }, load);
    }

    [Fact]
    public async Task Three_nodes_on_one_database_and_one_object_store_keep_one_history()
    {
        var connection = await cluster.NewDatabaseAsync();
        var objects = s3.NewOptions();
        Directory.CreateDirectory(folder);
        var key = Path.Combine(folder, "shared.key");
        LogKeyFile.LoadOrCreate(key, "torture/track");
        var settings = new Dictionary<string, string>
        {
            ["AIXV_TRACK_STORAGE"] = "postgres",
            ["AIXV_TRACK_CONNECTION"] = connection,
            ["AIXV_TRACK_BLOBS"] = "s3",
            ["AIXV_TRACK_S3_ENDPOINT"] = objects.Endpoint!,
            ["AIXV_TRACK_S3_BUCKET"] = objects.Bucket,
            ["AIXV_TRACK_S3_PREFIX"] = objects.Prefix,
            ["AIXV_TRACK_S3_ACCESS_KEY"] = objects.AccessKey!,
            ["AIXV_TRACK_S3_SECRET_KEY"] = objects.SecretKey!,
            ["AIXV_TRACK_LOG_KEY"] = key,
        };
        var nodes = Enumerable.Range(0, 3).Select(i => new RunningNode(
            Directory.CreateDirectory(Path.Combine(folder, i.ToString(CultureInfo.InvariantCulture))).FullName, RunningNode.FreePort(), settings)).ToList();
        try
        {
            var said = await nodes[0].StartAsync();
            await Task.WhenAll(nodes[1..].Select(n => n.StartAsync()));
            var admin = said["registry"]!["admin_key"]!.GetValue<string>();
            using var load = new AttestLoad([.. nodes.Select(n => n.Url)], admin, await NewAgentAsync(nodes[1].Url, admin));
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            var running = load.RunAsync(16, stop.Token);
            for (var round = 0; round < 4; round++)
            {
                await Task.Delay(700 + 410 * round % 800, Cancel);
                var node = nodes[round % nodes.Count];
                await node.KillAsync();
                if (round == 2)
                {
                    // Every connection is cut, in the middle of whatever it does.
                    await cluster.KillAsync();
                    await cluster.StartAsync();
                }

                await node.StartAsync();
            }

            await Task.Delay(500, Cancel);
            await stop.CancelAsync();
            await running;
            await Task.WhenAll(nodes.Select(n => n.KillAsync()));
            var options = new TrackOptions { DataFolder = Path.Combine(folder, "0", "track"), Url = "http://localhost", Connection = connection, S3 = objects, LogKeyFile = key };
            await VerifyAsync(options with { Connection = PostgresUrl.ToConnectionString(connection) }, load);
        }
        finally
        {
            await Task.WhenAll(nodes.Select(n => n.KillAsync()));
        }
    }

    [Fact]
    public async Task A_full_disk_loses_nothing_and_the_node_goes_on_when_there_is_room_again()
    {
        Directory.CreateDirectory(folder);
        var unshare = await FindUnshareAsync();
        Assert.SkipUnless(unshare is not null, "no file system can be mounted here (unshare -m and unshare -Urm both fail)");
        const string Script = "mount -t tmpfs -o size=24m none \"$0\" && head -c 16777216 /dev/zero >\"$0/filler\" && exec \"$@\"";
        var data = Path.Combine(folder, "disk");
        Directory.CreateDirectory(data);
        await using var node = new RunningNode(
            data, RunningNode.FreePort(), new Dictionary<string, string>(), "unshare", unshare!, "sh", "-c", Script, data);
        var said = await node.StartAsync();
        var key = said["registry"]!["admin_key"]!.GetValue<string>();
        using var load = new AttestLoad([node.Url], key, await NewAgentAsync(node.Url, key));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var running = load.RunAsync(8, stop.Token);
        for (var i = 0; i < 300 && load.Failures < 40; i++)
        {
            await Task.Delay(100, Cancel);
        }

        Assert.InRange(load.Failures, 40, int.MaxValue);
        var before = load.Acknowledged.Count;
        File.Delete(Path.Combine(node.FolderInside, "filler"));
        for (var i = 0; i < 100 && load.Acknowledged.Count < before + 50; i++)
        {
            await Task.Delay(100, Cancel);
        }

        Assert.InRange(load.Acknowledged.Count, before + 50, int.MaxValue);
        await stop.CancelAsync();
        await running;
        var copy = Path.Combine(folder, "copy");
        TrackMaintenance.Backup(Path.Combine(node.FolderInside, "track"), copy);
        await node.KillAsync();
        Assert.Empty((await TrackMaintenance.AuditAsync(new TrackOptions { DataFolder = copy }, null, NullLogger.Instance, Cancel)).Faults);
        await VerifyAsync(new TrackOptions { DataFolder = copy, Url = "http://localhost" }, load);
    }

    private async Task<string?> FindUnshareAsync()
    {
        foreach (var option in (string[])["-m", "-Urm"])
        {
            if (OperatingSystem.IsLinux())
            {
                using var tried = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("unshare", [option, "mount", "-t", "tmpfs", "none", folder])
                {
                    RedirectStandardError = true,
                })!;
                await tried.WaitForExitAsync(Cancel);
                if (tried.ExitCode == 0)
                {
                    return option;
                }
            }
        }

        return null;
    }

    private static async Task VerifyAsync(TrackOptions options, AttestLoad load)
    {
        Assert.Empty(load.Surprises);
        Assert.InRange(load.Acknowledged.Count, 50, int.MaxValue);
        Assert.InRange(load.Failures, 1, int.MaxValue);
        await using var registry = await TrackRegistry.OpenAsync(options, NullLogger.Instance, Cancel);
        var tenant = await registry.Tenants.FindByNameAsync("default", Cancel);
        var view = TenantView.Of(registry.Registry.Store, tenant!);
        var trust = new ReceiptTrust([TrustedLogKey.Parse(registry.LogKey)], WitnessPolicy.None);
        foreach (var (name, (receipt, hash)) in load.Acknowledged)
        {
            var entry = await view.FindEntryAsync(TrackId.Parse(receipt), Cancel);
            Assert.True(entry is not null, $"{name} was acknowledged with receipt {receipt}, which is not there");
            Assert.Contains(hash, Encoding.UTF8.GetString(entry.Entry.Content.Span), StringComparison.Ordinal);
            var issued = await registry.Registry.IssueReceiptAsync(entry, Cancel);
            Assert.IsType<VerifiedReceipt>(ReceiptVerifier.Verify(issued.ToBytes(), trust, TimeProvider.System.GetUtcNow()));
        }

        await VerifyOnceAsync(view, load);
        await VerifyOneHistoryAsync(registry.Registry, load);
    }

    /// <summary>No model twice, and none but those that were asked for.</summary>
    private static async Task VerifyOnceAsync(TenantView view, AttestLoad load)
    {
        var names = new List<string>();
        for (long? before = null; ;)
        {
            var page = await view.ListAsync(new RecordQuery { Type = RecordType.Model, Limit = 500, Before = before, Count = false }, Cancel);
            names.AddRange(page.Items.Select(r => JsonNode.Parse(r.Content.Span)!["name"]!.GetValue<string>()));
            if ((before = page.Next) is null)
            {
                break;
            }
        }

        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.Empty(load.Acknowledged.Keys.Except(names));
    }

    /// <summary>Every checkpoint that anyone saw is a prefix of the log as it is, and the index has each of its entries.</summary>
    private static async Task VerifyOneHistoryAsync(Registry registry, AttestLoad load)
    {
        Assert.InRange(load.Checkpoints.Count, 5, int.MaxValue);
        var reader = await registry.Log.OpenAsync(Cancel);
        foreach (var text in load.Checkpoints.Keys)
        {
            var note = SignedNote.Parse(Encoding.UTF8.GetBytes(text));
            var seen = Checkpoint.Parse(note.Text.Span);
            Assert.Equal(NoteVerdict.Valid, registry.Log.Verifier.Check(note));
            Assert.Equal(seen.Root, await reader.RootAtAsync(seen.Size, Cancel));
        }

        var size = (long)Checkpoint.Parse((await registry.Log.LatestCheckpointAsync(Cancel)).Text.Span).Size;
        Assert.Equal(size, await TenantView.OfEveryTenant(registry.Store).SizeAsync(Cancel));
        for (var index = 0L; index < size;)
        {
            foreach (var entry in await TenantView.OfEveryTenant(registry.Store).ReadEntriesAsync(index, 1000, Cancel))
            {
                Assert.Equal(index++, entry.Index);
                Assert.Equal(entry.Frame.Leaf.ToArray(), (await reader.ReadEntryAsync((ulong)entry.Index, Cancel)).ToArray());
            }
        }
    }
}
