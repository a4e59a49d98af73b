using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Merkle;
using Aixv.Transparency.Reading;
using Aixv.Transparency.Storage;
using Aixv.Transparency.Tests.Merkle;
using Aixv.Transparency.Writing;

namespace Aixv.Transparency.Tests.Writing;

/// <summary>Directories as crashes, power failures and people leave them.</summary>
public sealed class RecoveryTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();
    private readonly NoteSigner signer = TestSigner.Create();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string CheckpointFile => Path.Combine(directory.FullPath, "checkpoint");

    private string JournalFile => Assert.Single(Directory.GetFiles(Path.Combine(directory.FullPath, "journal"), "*.journal"));

    public void Dispose() => directory.Dispose();

    private Task<TileLog> OpenAsync(NoteSigner? with = null, TileLogOptions? options = null) =>
        TileLog.OpenAsync(new FileTileStore(directory.FullPath), with ?? signer, options ?? new(), TimeProvider.System, Cancel);

    /// <summary>Appends entries one by one and returns the checkpoint file after each.</summary>
    private async Task<List<byte[]>> AppendAsync(int count, TileLogOptions? options = null)
    {
        var checkpoints = new List<byte[]>();
        await using var log = await OpenAsync(options: options);
        for (var i = 0; i < count; i++)
        {
            await log.AppendAsync(new byte[100], Cancel);
            checkpoints.Add(await File.ReadAllBytesAsync(CheckpointFile, Cancel));
        }

        return checkpoints;
    }

    private async Task<InvalidDataException> RefusedAsync(NoteSigner? with = null, TileLogOptions? options = null)
    {
        var before = Snapshot();
        var refusal = await Assert.ThrowsAsync<InvalidDataException>(() => OpenAsync(with, options));
        Assert.Equal(before, Snapshot());
        return refusal;
    }

    private Dictionary<string, string> Snapshot() => Directory.GetFiles(directory.FullPath, "*", SearchOption.AllDirectories)
        .ToDictionary(file => file, file => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file))));

    private void CutJournal(int bytes)
    {
        using var journal = File.OpenWrite(JournalFile);
        journal.SetLength(journal.Length - bytes);
    }

    [Fact]
    public async Task A_reopened_log_goes_on_where_it_was_across_tiles_and_journals()
    {
        var leaves = Enumerable.Repeat(MerkleTree.HashLeaf(new byte[100]), 700).ToArray();
        foreach (var count in new[] { 1, 254, 1, 1, 255, 100 })
        {
            await AppendAsync(count, new() { JournalBytes = 20_000 });
        }

        await using var log = await OpenAsync();
        Assert.Equal(612UL, log.Size);
        Assert.Equal(NaiveTree.Root(leaves.AsSpan(0, 612)), Checkpoint.Parse(log.LatestCheckpoint.Text.Span).Root);
        var proof = await log.ProveConsistencyAsync(255, 612, Cancel);
        Assert.True(proof.Verify(NaiveTree.Root(leaves.AsSpan(0, 255)), NaiveTree.Root(leaves.AsSpan(0, 612))));
    }

    [Fact]
    public async Task A_second_writer_is_kept_out()
    {
        await using var log = await OpenAsync();
        var refusal = await Assert.ThrowsAsync<IOException>(() => OpenAsync());
        Assert.Contains("open in another process", refusal.Message, StringComparison.Ordinal);
        await log.AppendAsync(new byte[1], Cancel);
    }

    [Fact]
    public async Task Another_key_and_another_origin_are_refused()
    {
        await AppendAsync(1);
        Assert.Contains("not signed by the key", (await RefusedAsync(TestSigner.Create())).Message, StringComparison.Ordinal);
        Assert.Contains("its origin is", (await RefusedAsync(options: new() { Origin = "other" })).Message, StringComparison.Ordinal);
        await AppendAsync(1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    [InlineData(150)]
    public async Task A_torn_tail_that_was_never_published_is_cut(int bytes)
    {
        var checkpoints = await AppendAsync(3);
        CutJournal(bytes);
        await File.WriteAllBytesAsync(CheckpointFile, checkpoints[1], Cancel);
        await using var log = await OpenAsync();
        Assert.Equal(2UL, log.Size);
        Assert.Equal(2UL, (await log.AppendAsync(new byte[1], Cancel)).Index);
    }

    [Fact]
    public async Task Bytes_after_the_last_batch_are_ignored()
    {
        await AppendAsync(3);
        await File.AppendAllBytesAsync(JournalFile, new byte[5000], Cancel);
        await using var log = await OpenAsync();
        Assert.Equal(3UL, log.Size);
    }

    [Fact]
    public async Task A_batch_that_was_durable_but_not_yet_published_is_kept()
    {
        var checkpoints = await AppendAsync(3);
        await File.WriteAllBytesAsync(CheckpointFile, checkpoints[0], Cancel);
        await using var log = await OpenAsync();
        Assert.Equal(3UL, log.Size);
        Assert.Equal(checkpoints[2], await File.ReadAllBytesAsync(CheckpointFile, Cancel));
    }

    [Fact]
    public async Task A_tail_that_was_published_is_never_cut()
    {
        await AppendAsync(3);
        CutJournal(1);
        var refusal = await RefusedAsync();
        Assert.Contains("(size 3,", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("not in the journals", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_damaged_before_later_ones_is_refused_even_if_it_was_not_published()
    {
        var checkpoints = await AppendAsync(3);
        await File.WriteAllBytesAsync(CheckpointFile, checkpoints[0], Cancel);
        var bytes = await File.ReadAllBytesAsync(JournalFile, Cancel);
        var frame = (bytes.Length - checkpoints[0].Length - 44) / 3;
        bytes[^(frame + 5)] ^= 1;
        await File.WriteAllBytesAsync(JournalFile, bytes, Cancel);
        Assert.Contains("later batches after it", (await RefusedAsync()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_single_damaged_byte_of_the_journal_is_noticed()
    {
        await AppendAsync(2);
        var file = JournalFile;
        var bytes = await File.ReadAllBytesAsync(file, Cancel);
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 0x40;
            await File.WriteAllBytesAsync(file, bytes, Cancel);
            await Assert.ThrowsAsync<InvalidDataException>(() => OpenAsync());
            bytes[i] ^= 0x40;
        }

        await File.WriteAllBytesAsync(file, bytes, Cancel);
        await using var log = await OpenAsync();
        Assert.Equal(2UL, log.Size);
    }

    [Fact]
    public async Task A_checkpoint_without_journal_is_refused()
    {
        await AppendAsync(2);
        File.Delete(JournalFile);
        Assert.Contains("no journal", (await RefusedAsync()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(150)]
    public async Task A_checkpoint_file_that_a_power_failure_emptied_is_restored(int zeros)
    {
        var checkpoints = await AppendAsync(2);
        await File.WriteAllBytesAsync(CheckpointFile, new byte[zeros], Cancel);
        await using var log = await OpenAsync();
        Assert.Equal(checkpoints[1], await File.ReadAllBytesAsync(CheckpointFile, Cancel));
    }

    [Fact]
    public async Task Tiles_that_never_reached_the_disk_are_written_again()
    {
        await AppendAsync(300);
        Directory.Delete(Path.Combine(directory.FullPath, "tile"), recursive: true);
        await using var log = await OpenAsync();
        var reader = await TileReader.OpenAsync(new FileTileStore(directory.FullPath), Checkpoint.Parse(log.LatestCheckpoint.Text.Span), Cancel);
        Assert.Equal(300, await reader.ReadEntriesAsync(0, Cancel).CountAsync(Cancel));
    }

    [Fact]
    public async Task An_older_checkpoint_than_the_journals_is_taken_only_if_the_tiles_extend_it()
    {
        var checkpoints = await AppendAsync(300);
        await AppendAsync(1);
        await (await OpenAsync()).DisposeAsync();
        await File.WriteAllBytesAsync(CheckpointFile, checkpoints[99], Cancel);
        await (await OpenAsync()).DisposeAsync();
        var other = signer.Sign(new Checkpoint(TestSigner.Name, 100, MerkleTree.EmptyRoot, []).ToText());
        await File.WriteAllBytesAsync(CheckpointFile, other.ToBytes(), Cancel);
        Assert.Contains("do not extend", (await RefusedAsync()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Journals_with_a_gap_between_them_are_refused()
    {
        await AppendAsync(2);
        var first = await File.ReadAllBytesAsync(JournalFile, Cancel);
        var name = JournalFile;
        await (await OpenAsync()).DisposeAsync();
        await AppendAsync(2);
        await (await OpenAsync()).DisposeAsync();
        await File.WriteAllBytesAsync(name, first, Cancel);
        Assert.Contains("does not go on from the one before", (await RefusedAsync()).Message, StringComparison.Ordinal);
    }
}
