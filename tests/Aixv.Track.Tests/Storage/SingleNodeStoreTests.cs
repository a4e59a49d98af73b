using System.Text.Json.Nodes;
using Aixv.Track.Indexing;
using Aixv.Track.Log;
using Aixv.Track.Storage;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Keys;
using Microsoft.Data.Sqlite;

namespace Aixv.Track.Tests.Storage;

public sealed class SingleNodeStoreTests : RegistryStoreContract
{
    private readonly string folder = TestTrack.NewFolder();
    private readonly NoteSigner signer = new("test/track", SigningKey.Generate(KeyAlgorithm.Ed25519));

    private protected override async Task<IRegistryStore> OpenAsync() =>
        await SingleNodeStore.OpenAsync(StoreFolder.Open(folder), signer, Kinds, TimeProvider.System, Cancel);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task<(Track.Tenants.TenantSession Session, List<Written> Written)> FillAsync(int count)
    {
        var session = await NewTenantAsync("a");
        var written = await Task.WhenAll(Enumerable.Range(0, count).Select(n => WriteAsync(
            session,
            new JsonObject { ["create"] = TrackId.New(TimeProvider.System.GetUtcNow()).ToString(), ["terms"] = NoteKind.Map(("n", $"{n % 3}")) },
            [(byte)n])));
        return (session, [.. written.Cast<Written>()]);
    }

    [Fact]
    public async Task A_lost_index_is_computed_again_from_blobs_and_log()
    {
        var (session, written) = await FillAsync(50);
        await Registry.DisposeAsync();
        foreach (var file in Directory.GetFiles(folder, "index.db*"))
        {
            File.Delete(file);
        }

        await ReopenAsync();
        var page = await Open(session.Tenant).View.ListAsync(new RecordQuery { Type = RecordType.Model, Terms = [new("n", "1")], Limit = 100 }, Cancel);
        Assert.Equal(17, page.Total);
        foreach (var entry in written)
        {
            var found = await Open(session.Tenant).View.FindEntryAsync(entry.Entry.Id, Cancel);
            Assert.Equal(entry.Index, found!.Index);
            var bytes = await Open(session.Tenant).View.ReadAttachmentAsync(entry.Entry.Attachments[0], Cancel);
            Assert.Equal(1, bytes!.Value.Length);
        }
    }

    [Fact]
    public async Task What_was_answered_and_could_not_be_indexed_is_neither_lost_nor_taken_twice()
    {
        var session = await NewTenantAsync("a");
        await session.View.CountDescribedAsync(Cancel);
        Change("CREATE TRIGGER broken BEFORE INSERT ON entries BEGIN SELECT RAISE(ABORT,'the disk is full'); END");
        var written = Assert.IsType<Written>(await WriteAsync(session, Keyed("k", "01")));

        // While it cannot be known who has a key, nobody gets it, and nothing old is shown.
        await Assert.ThrowsAsync<IOException>(async () => await session.View.FindEntryAsync(written.Entry.Id, Cancel));
        await Assert.ThrowsAsync<IOException>(() => WriteAsync(session, Keyed("k", "02")));
        Change("DROP TRIGGER broken");
        Assert.Equal(written.Index, (await session.View.FindEntryAsync(written.Entry.Id, Cancel))!.Index);
        Assert.Equal(new Taken(written.Index, "k"), await WriteAsync(session, Keyed("k", "02")));
        Assert.Equal(written.Index + 1, Assert.IsType<Written>(await WriteAsync(session, Keyed("l", "03"))).Index);
    }

    private void Change(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "index.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    [Fact]
    public async Task Blobs_without_a_log_entry_are_passed_over()
    {
        var (session, _) = await FillAsync(5);
        var store = (SingleNodeStore)Registry.Store;
        await store.Blobs.WriteAsync([new(Track.Blobs.BlobKind.Attachment, new byte[] { 9, 9 })], Cancel);
        await FillAfterAsync(session, 5);
        await Registry.DisposeAsync();
        File.Delete(Path.Combine(folder, "index.db"));
        await ReopenAsync();
        Assert.Equal(11, await TenantsOf(session).SizeAsync(Cancel));
    }

    private Track.Tenants.TenantView TenantsOf(Track.Tenants.TenantSession session) => Open(session.Tenant).View;

    private static Task<WriteOutcome[]> FillAfterAsync(Track.Tenants.TenantSession session, int count) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(n => WriteAsync(session, [], [(byte)n])));

    [Fact]
    public async Task A_missing_blob_of_a_logged_entry_is_damage_and_named()
    {
        await FillAsync(5);
        await Registry.DisposeAsync();
        File.Delete(Path.Combine(folder, "index.db"));
        foreach (var pack in Directory.GetFiles(Path.Combine(folder, "blobs")))
        {
            File.Delete(pack);
        }

        var refused = await Assert.ThrowsAsync<InvalidDataException>(OpenAsync);
        Assert.Contains("entry 0", refused.Message, StringComparison.Ordinal);
        Directory.Delete(Path.Combine(folder, "log"), recursive: true);
        await ReopenAsync();
    }

    [Fact]
    public async Task Two_processes_cannot_have_the_same_folder() => await Assert.ThrowsAsync<IOException>(OpenAsync);
}
