using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Merkle;
using Aixv.Transparency.Reading;
using Aixv.Transparency.Storage;
using Aixv.Transparency.Tests.Merkle;
using Aixv.Transparency.Tests.Writing;
using Aixv.Transparency.Writing;

namespace Aixv.Transparency.Tests.Reading;

public sealed class TileReaderTests : IAsyncLifetime, IDisposable
{
    /// <summary>Enough for three tile levels: 256 full tiles of leaf hashes and more.</summary>
    private const int Entries = 66_000;

    private static readonly MerkleHash[] Leaves = NaiveTree.Leaves(Entries);
    private readonly TemporaryDirectory directory = new();
    private FileTileStore store = null!;
    private Checkpoint checkpoint = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        store = new FileTileStore(directory.FullPath);
        await using var log = await TileLog.OpenAsync(store, TestSigner.Create(), new(), TimeProvider.System, Cancel);
        foreach (var wave in Enumerable.Range(0, Entries).Chunk(4096))
        {
            await Task.WhenAll(wave.Select(i => log.AppendAsync(Leaf(i), Cancel)));
        }

        checkpoint = Checkpoint.Parse(log.LatestCheckpoint.Text.Span);
    }

    private static byte[] Leaf(int i) => [(byte)(i & 0xff), (byte)((i >> 8) & 0xff)];

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public void Dispose() => directory.Dispose();

    private Task<TileReader> OpenAsync() => TileReader.OpenAsync(store, checkpoint, Cancel);

    [Fact]
    public async Task Random_proofs_of_a_large_tree_are_those_of_the_definition()
    {
        var reader = await OpenAsync();
        Assert.Equal(NaiveTree.Root(Leaves), checkpoint.Root);
        (int Small, int Large)[] sizes =
        [
            (65_536, 65_537), (65_536, Entries), (1, Entries), (Entries, Entries),
            .. Enumerable.Range(1, 12).Select(i => (Spread(i) / 3 + 1, Spread(i) + 1)), (Spread(50) / 2, Entries),
        ];
        foreach (var (small, large) in sizes)
        {
            var inclusion = await reader.ProveInclusionAsync((ulong)small - 1, (ulong)large, Cancel);
            Assert.Equal(NaiveTree.Path(small - 1, Leaves.AsSpan(0, large)), inclusion.Hashes);
            Assert.True(inclusion.Verify(Leaves[small - 1], await reader.RootAtAsync((ulong)large, Cancel)));
            var consistency = await reader.ProveConsistencyAsync((ulong)small, (ulong)large, Cancel);
            Assert.Equal(NaiveTree.Consistency(small, Leaves.AsSpan(0, large)), consistency.Hashes);
            Assert.True(consistency.Verify(await reader.RootAtAsync((ulong)small, Cancel), await reader.RootAtAsync((ulong)large, Cancel)));
        }
    }

    /// <summary>Numbers below the number of entries in no evident order.</summary>
    private static int Spread(int i) => (int)(i * 2_654_435_761L % Entries);

    [Fact]
    public async Task A_changed_tile_or_entry_is_noticed_wherever_it_is()
    {
        foreach (var path in new[] { "tile/0/000", "tile/0/100", "tile/0/255", "tile/1/000", "tile/0/257.p/208", "tile/1/001.p/1", "tile/2/000.p/1" })
        {
            var file = Path.Combine(directory.FullPath, path);
            var bytes = await File.ReadAllBytesAsync(file, Cancel);
            bytes[^1] ^= 1;
            await File.WriteAllBytesAsync(file, bytes, Cancel);
            var refusal = await Assert.ThrowsAsync<InvalidDataException>(() => ReadAllAsync());
            Assert.Contains("checkpoint's root", refusal.Message, StringComparison.Ordinal);
            await File.WriteAllBytesAsync(file, bytes[..^1], Cancel);
            Assert.Contains("bytes, expected", (await Assert.ThrowsAsync<InvalidDataException>(() => ReadAllAsync())).Message, StringComparison.Ordinal);
            File.Delete(file);
            Assert.Contains("is missing", (await Assert.ThrowsAsync<FileNotFoundException>(() => ReadAllAsync())).Message, StringComparison.Ordinal);
            bytes[^1] ^= 1;
            await File.WriteAllBytesAsync(file, bytes, Cancel);
        }

        await ReadAllAsync();
    }

    [Fact]
    public async Task A_changed_entry_is_noticed()
    {
        var reader = await OpenAsync();
        var file = Path.Combine(directory.FullPath, "tile/entries/003");
        var bytes = await File.ReadAllBytesAsync(file, Cancel);
        bytes[7] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, Cancel);
        var refusal = await Assert.ThrowsAsync<InvalidDataException>(() => reader.ReadEntryAsync(768 + 200, Cancel));
        Assert.Contains("entry 769 in tile/entries/003", refusal.Message, StringComparison.Ordinal);
        bytes[0] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, Cancel);
        refusal = await Assert.ThrowsAsync<InvalidDataException>(() => reader.ReadEntryAsync(768, Cancel));
        Assert.Contains("does not hold 256 entries", refusal.Message, StringComparison.Ordinal);
    }

    private async Task ReadAllAsync()
    {
        var reader = await OpenAsync();
        for (var tile = 0UL; tile * 256 < checkpoint.Size; tile++)
        {
            Assert.Equal(Leaves[tile * 256], await reader.ReadLeafHashAsync(tile * 256, Cancel));
        }
    }

    [Fact]
    public async Task A_checkpoint_with_another_root_or_size_is_refused()
    {
        await Assert.ThrowsAsync<InvalidDataException>(() => TileReader.OpenAsync(store, checkpoint with { Root = MerkleTree.EmptyRoot }, Cancel));
        await Assert.ThrowsAsync<InvalidDataException>(() => TileReader.OpenAsync(store, checkpoint with { Size = 256 }, Cancel));
        await Assert.ThrowsAsync<FileNotFoundException>(() => TileReader.OpenAsync(store, checkpoint with { Size = ulong.MaxValue }, Cancel));
    }

    [Fact]
    public async Task An_older_checkpoint_is_read_from_the_full_tiles_that_replaced_its_partial_ones()
    {
        var old = new Checkpoint(checkpoint.Origin, 1000, NaiveTree.Root(Leaves.AsSpan(0, 1000)), []);
        var reader = await TileReader.OpenAsync(store, old, Cancel);
        Assert.Equal(Leaf(999), (await reader.ReadEntryAsync(999, Cancel)).ToArray());
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => reader.ReadEntryAsync(1000, Cancel));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => reader.ReadLeafHashAsync(1000, Cancel));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => reader.RootAtAsync(1001, Cancel));
    }
}
