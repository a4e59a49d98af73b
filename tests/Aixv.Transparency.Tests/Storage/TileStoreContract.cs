using Aixv.Transparency.Storage;
using Aixv.Transparency.Tiles;

namespace Aixv.Transparency.Tests.Storage;

/// <summary>What every <see cref="ITileStore"/> does.</summary>
public abstract class TileStoreContract
{
    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A store on the same data each time.</summary>
    private protected abstract ITileStore Open();

    [Theory]
    [InlineData("checkpoint")]
    [InlineData("tile/0/000")]
    [InlineData("tile/1/x001/234.p/7")]
    [InlineData("tile/entries/x001/x234/067.p/255")]
    public async Task What_is_written_is_read_by_every_instance_and_can_be_replaced(string path)
    {
        var store = Open();
        Assert.Null(await store.ReadAsync(path, Cancel));
        await store.WriteAsync(path, new byte[] { 1, 2, 3 }, Cancel);
        await store.WriteAsync(path, new byte[] { 4 }, Cancel);
        await store.SyncAsync(Cancel);
        Assert.Equal([4], (await Open().ReadAsync(path, Cancel))!.Value.ToArray());
    }

    [Theory]
    [InlineData("lock")]
    [InlineData("../checkpoint")]
    [InlineData("tile/0/../../checkpoint")]
    [InlineData("journal/00000000000000000000.journal")]
    [InlineData("/etc/passwd")]
    public async Task Other_names_do_not_exist_and_cannot_be_written(string path)
    {
        var store = Open();
        Assert.Null(await store.ReadAsync(path, Cancel));
        await Assert.ThrowsAsync<ArgumentException>(async () => await store.WriteAsync(path, new byte[1], Cancel));
    }

    [Fact]
    public async Task Partial_tiles_go_when_deleted_and_the_full_one_stays()
    {
        var store = Open();
        await store.DeletePartialsAsync(TilePath.Hashes(0, 1), Cancel);
        await store.WriteAsync("tile/0/001.p/1", new byte[] { 1 }, Cancel);
        await store.WriteAsync("tile/0/001.p/2", new byte[] { 2 }, Cancel);
        await store.WriteAsync("tile/0/001", new byte[] { 3 }, Cancel);
        await store.WriteAsync("tile/0/002.p/1", new byte[] { 4 }, Cancel);
        await store.DeletePartialsAsync(TilePath.Hashes(0, 1), Cancel);
        Assert.Null(await store.ReadAsync("tile/0/001.p/1", Cancel));
        Assert.Null(await store.ReadAsync("tile/0/001.p/2", Cancel));
        Assert.NotNull(await store.ReadAsync("tile/0/001", Cancel));
        Assert.NotNull(await store.ReadAsync("tile/0/002.p/1", Cancel));
    }

    [Fact]
    public async Task The_lock_keeps_others_out_until_it_is_let_go()
    {
        var held = await Open().LockAsync(Cancel);
        var refusal = await Assert.ThrowsAsync<IOException>(async () => await Open().LockAsync(Cancel));
        Assert.Contains("open in another", refusal.Message, StringComparison.Ordinal);
        await held.DisposeAsync();
        await (await Open().LockAsync(Cancel)).DisposeAsync();
    }

    [Fact]
    public async Task Journals_grow_are_listed_in_order_replaced_whole_and_deleted()
    {
        var store = Open();
        Assert.Empty(await store.ListJournalsAsync(Cancel));
        await using (var journal = await store.CreateJournalAsync(10, new byte[] { 1 }, Cancel))
        {
            await journal.AppendAsync([new byte[] { 2 }, ReadOnlyMemory<byte>.Empty, new byte[] { 3, 4 }], Cancel);
            await journal.AppendAsync([new byte[] { 5 }], Cancel);
            Assert.Equal([1, 2, 3, 4, 5], await ReadJournalAsync(10));
        }

        await (await store.CreateJournalAsync(9, new byte[] { 9 }, Cancel)).DisposeAsync();
        Assert.Equal([9UL, 10UL], await Open().ListJournalsAsync(Cancel));
        await (await store.CreateJournalAsync(10, new byte[] { 6 }, Cancel)).DisposeAsync();
        Assert.Equal([6], await ReadJournalAsync(10));
        await store.DeleteJournalAsync(9, Cancel);
        Assert.Equal([10UL], await store.ListJournalsAsync(Cancel));
    }

    private async Task<byte[]> ReadJournalAsync(ulong number)
    {
        await using var stream = await Open().OpenJournalAsync(number, Cancel);
        var bytes = new byte[stream.Length];
        await stream.ReadExactlyAsync(bytes, Cancel);
        return bytes;
    }
}
