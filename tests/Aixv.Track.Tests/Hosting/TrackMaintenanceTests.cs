using System.Text.Json.Nodes;
using Aixv.Track.Hosting;
using Aixv.Track.Storage;
using Aixv.Track.Tests.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Aixv.Track.Tests.Hosting;

public sealed class TrackMaintenanceTests(PostgresCluster cluster) : IDisposable
{
    private readonly string folder = TestTrack.NewFolder();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private TrackOptions Options => new() { DataFolder = folder };

    public void Dispose()
    {
        foreach (var made in Directory.GetDirectories(Path.GetDirectoryName(folder)!, Path.GetFileName(folder) + "*"))
        {
            Directory.Delete(made, recursive: true);
        }
    }

    private static Task<JsonNode> NewKeyAsync(TestTrack track) =>
        TestTrack.OkAsync(track.PostAsync("/v1/api-keys", new JsonObject { ["name"] = "k", ["scopes"] = new JsonArray((JsonNode)"models:read") }));

    private async Task FillAsync(Func<TrackOptions, TrackOptions>? change = null)
    {
        await using var track = await TestTrack.StartAsync(folder, change);
        var made = await NewKeyAsync(track);
        await TestTrack.OkAsync(track.PostAsync($"/v1/api-keys/{made["id"]}/revoke"));
        var (id, _) = await track.NewTenantAsync("open", "public");
        await TestTrack.OkAsync(track.SendAsync(HttpMethod.Patch, $"/v1/tenants/{id}", new JsonObject { ["entries_per_day"] = 7 }, track.Operator));
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => NewKeyAsync(track)));
    }

    private async Task<IReadOnlyList<string>> AuditAsync(TrackOptions? options = null, string? before = null) =>
        (await TrackMaintenance.AuditAsync(options ?? Options, before, NullLogger.Instance, Cancel)).Faults;

    private void Change(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "index.db")};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.NotEqual(0, command.ExecuteNonQuery());
    }

    [Theory]
    [InlineData("UPDATE records SET status='active' WHERE status='revoked'", "records")]
    [InlineData("DELETE FROM terms WHERE term LIKE 'audit=%'", "terms")]
    [InlineData("UPDATE unique_keys SET fingerprint=x'00'", "unique_keys")]
    [InlineData("UPDATE entries SET is_public=1", "entries")]
    public async Task An_audit_finds_what_is_not_as_the_log_says_and_rebuilding_mends_it(string change, string table)
    {
        await FillAsync();
        Assert.Empty(await AuditAsync());
        Change(change);
        Assert.Contains($"table {table} ", Assert.Single(await AuditAsync()), StringComparison.Ordinal);
        Assert.Equal(28, await TrackMaintenance.RebuildAsync(Options, NullLogger.Instance, Cancel));
        Assert.Empty(await AuditAsync());
    }

    [Fact]
    public async Task An_audit_finds_a_changed_blob_and_a_changed_tile()
    {
        await FillAsync();
        var before = (await TrackMaintenance.AuditAsync(Options, null, NullLogger.Instance, Cancel)).Checkpoint;
        Assert.Empty(await AuditAsync(before: before));
        var pack = Directory.GetFiles(Path.Combine(folder, "blobs"))[0];
        var bytes = await File.ReadAllBytesAsync(pack, Cancel);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(pack, bytes, Cancel);
        Assert.Contains("not among the blobs", Assert.Single(await AuditAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_of_another_history_is_found_by_an_earlier_checkpoint()
    {
        await FillAsync();
        var before = (await TrackMaintenance.AuditAsync(Options, null, NullLogger.Instance, Cancel)).Checkpoint;
        TrackMaintenance.Backup(folder, folder + "-copy");

        // The copy and the original each go on: two histories under one key.
        await using (var copy = await TestTrack.StartAsync(folder + "-copy"))
        {
            await copy.Server.Registry.CreateOperatorKeyAsync(TimeSpan.FromMinutes(1), Cancel);
        }

        await using (var original = await TestTrack.StartAsync(folder))
        {
            await original.Server.Registry.CreateOperatorKeyAsync(TimeSpan.FromMinutes(1), Cancel);
        }

        var forked = (await TrackMaintenance.AuditAsync(Options with { DataFolder = folder + "-copy" }, before, NullLogger.Instance, Cancel)).Checkpoint;
        Assert.Empty(await AuditAsync(before: before));
        Assert.Contains("rewritten", Assert.Single(await AuditAsync(before: forked)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_of_a_running_server_is_sound_and_restores()
    {
        var backup = folder + "-backup";
        string latest;
        await using (var track = await TestTrack.StartAsync(folder))
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            var made = 0;
            var load = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(
                async () =>
                {
                    while (!stop.IsCancellationRequested)
                    {
                        await NewKeyAsync(track);
                        Interlocked.Increment(ref made);
                    }
                },
                Cancel)));
            while (Volatile.Read(ref made) < 8)
            {
                await Task.Delay(20, Cancel);
            }

            Assert.InRange(TrackMaintenance.Backup(folder, backup), 5, long.MaxValue);
            await stop.CancelAsync();
            await load;
            latest = await track.Http.GetStringAsync("/log/checkpoint", Cancel);
        }

        var restored = await TrackMaintenance.RestoreAsync(backup, folder + "-restored", null, NullLogger.Instance, Cancel);
        Assert.Empty(restored.Faults);
        Assert.Empty(await AuditAsync(before: restored.Checkpoint));
        var refused = await Assert.ThrowsAsync<InvalidDataException>(
            () => TrackMaintenance.RestoreAsync(backup, folder + "-refused", latest, NullLogger.Instance, Cancel));
        Assert.Contains("was cut", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<IOException>(() => TrackMaintenance.RestoreAsync(backup, folder, null, NullLogger.Instance, Cancel));
    }

    [Fact]
    public async Task On_postgres_it_is_the_same()
    {
        var connection = await cluster.NewDatabaseAsync();
        var options = Options with { Connection = PostgresUrl.ToConnectionString(connection) };
        await FillAsync(o => o with { Connection = options.Connection });
        Assert.Empty(await AuditAsync(options));
        await using var source = NpgsqlDataSource.Create(options.Connection!);
        await using (var damage = source.CreateCommand("SET aixv.realm='*'; UPDATE records SET status='active' WHERE status='revoked'"))
        {
            await damage.ExecuteNonQueryAsync(Cancel);
        }

        Assert.Contains("table records ", Assert.Single(await AuditAsync(options)), StringComparison.Ordinal);
        Assert.Equal(28, await TrackMaintenance.RebuildAsync(options, NullLogger.Instance, Cancel));
        Assert.Empty(await AuditAsync(options));
    }

    [Fact]
    public async Task A_session_of_postgres_sees_no_other_tenant_s_rows_whatever_it_asks()
    {
        var connection = PostgresUrl.ToConnectionString(await cluster.NewDatabaseAsync());
        await FillAsync(o => o with { Connection = connection });
        await using var source = NpgsqlDataSource.Create(connection);
        async Task<long> CountAsync(string bind)
        {
            await using var count = source.CreateCommand($"{bind}; SELECT count(*) FROM entries");
            return (long)(await count.ExecuteScalarAsync(Cancel))!;
        }

        Assert.Equal(28, await CountAsync("SET aixv.realm='*'"));
        Assert.Equal(0, await CountAsync("SET aixv.realm='17'"));
        Assert.Equal(0, await CountAsync("RESET aixv.realm"));
    }
}
