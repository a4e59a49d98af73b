using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Storage;
using Aixv.Transparency.Writing;

namespace Aixv.Transparency.Tests.Writing;

public sealed class BatchingTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();
    private readonly NoteSigner signer = TestSigner.Create();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => directory.Dispose();

    private Task<TileLog> OpenAsync(TileLogOptions options) =>
        TileLog.OpenAsync(new FileTileStore(directory.FullPath), signer, options, TimeProvider.System, Cancel);

    [Fact]
    public async Task Entries_within_the_interval_share_one_checkpoint()
    {
        await using var log = await OpenAsync(new() { CheckpointInterval = TimeSpan.FromSeconds(1) });
        var entries = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => log.AppendAsync(new byte[10], Cancel)));
        Assert.Single(entries.Select(entry => entry.Checkpoint).Distinct());
        Assert.Equal(Enumerable.Range(0, 20).Select(i => (ulong)i), entries.Select(entry => entry.Index));
    }

    [Fact]
    public async Task A_full_batch_does_not_wait_for_the_interval()
    {
        await using var log = await OpenAsync(new() { CheckpointInterval = TimeSpan.FromHours(1), MaximumBatchEntries = 3 });
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => log.AppendAsync(new byte[10], Cancel))).WaitAsync(TimeSpan.FromMinutes(1), Cancel);
        Assert.Equal(6UL, log.Size);
    }

    [Fact]
    public async Task Bytes_bound_a_batch_too()
    {
        await using var log = await OpenAsync(new() { MaximumBatchBytes = 1000, MaximumWaitingBatches = 0 });
        var entries = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => log.AppendAsync(new byte[400], Cancel), Cancel)));
        Assert.All(entries.GroupBy(entry => entry.Checkpoint), batch => Assert.InRange(batch.Count(), 1, 2));
        Assert.Equal(40UL, log.Size);
    }

    [Fact]
    public async Task Disposing_writes_what_waits_and_takes_no_more()
    {
        var log = await OpenAsync(new() { CheckpointInterval = TimeSpan.FromHours(1) });
        var waiting = log.AppendAsync(new byte[10], Cancel);
        await log.DisposeAsync();
        Assert.Equal(0UL, (await waiting).Index);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => log.AppendAsync(new byte[10], Cancel));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65535)]
    public async Task Entries_of_any_length_that_fits_are_taken(int length)
    {
        await using var log = await OpenAsync(new());
        var entry = await log.AppendAsync(new byte[length], Cancel);
        Assert.Equal(length, (await log.ReadEntryAsync(entry.Index, Cancel)).Length);
    }

    [Fact]
    public async Task Longer_entries_are_refused()
    {
        await using var log = await OpenAsync(new());
        await Assert.ThrowsAsync<ArgumentException>(() => log.AppendAsync(new byte[65536], Cancel));
        Assert.Equal(0UL, log.Size);
    }

    [Fact]
    public async Task The_buffer_may_be_used_again_at_once()
    {
        await using var log = await OpenAsync(new());
        byte[] buffer = [1];
        var append = log.AppendAsync(buffer, Cancel);
        buffer[0] = 2;
        Assert.Equal([1], (await log.ReadEntryAsync((await append).Index, Cancel)).ToArray());
    }

    [Fact]
    public async Task When_all_batches_are_full_appending_waits_and_can_be_cancelled()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var log = await OpenAsync(new() { MaximumBatchEntries = 1, MaximumWaitingBatches = 0, CheckpointInterval = TimeSpan.Zero });
        var appends = Enumerable.Range(0, 200).Select(i => log.AppendAsync(new byte[1], i < 100 ? Cancel : cancel.Token)).ToList();
        await cancel.CancelAsync();
        await Task.WhenAll(appends.Take(100));
        var answered = 0;
        foreach (var append in appends.Skip(100))
        {
            answered += await Task.WhenAny(append) is { IsCanceled: true } ? 0 : 1;
        }

        await log.DisposeAsync();
        Assert.InRange(log.Size, 100UL + (ulong)answered, 200UL);
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(1, 1, 0)]
    public async Task Options_that_make_no_sense_are_refused(int entries, int bytes, int journal) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => OpenAsync(
            new() { MaximumBatchEntries = entries, MaximumBatchBytes = bytes, JournalBytes = journal }));

    [Fact]
    public async Task Sizes_that_are_not_published_are_refused()
    {
        await using var log = await OpenAsync(new());
        await log.AppendAsync(new byte[1], Cancel);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => log.ProveInclusionAsync(0, 2, Cancel));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => log.ProveInclusionAsync(1, 1, Cancel));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => log.ProveConsistencyAsync(2, 1, Cancel));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => log.ReadEntryAsync(1, Cancel));
    }
}
