using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Reading;
using Aixv.Transparency.Storage;
using Aixv.Transparency.Tests.Storage;
using Aixv.Transparency.Writing;

namespace Aixv.Transparency.Tests.Writing;

public sealed class FailingDiskTests
{
    /// <summary>A new journal after every batch, and all batches in one.</summary>
    private static readonly TileLogOptions ManyJournals = new() { JournalBytes = 1 };
    private static readonly TileLogOptions OneJournal = new();

    private readonly NoteSigner signer = TestSigner.Create();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Every write of a session fails in one run of it: whatever was answered is there afterwards, and nothing disagrees.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(1)]
    public async Task Whichever_write_fails_every_answered_entry_is_there_after_reopening(double keep)
    {
        var failed = true;
        for (var failAt = 0; failed; failAt += Step(failAt))
        {
            using var directory = new TemporaryDirectory();
            var answered = new List<AppendedEntry>();
            failed = !await TrySessionAsync(new FaultyTileStore(new FileTileStore(directory.FullPath), failAt, keep), ManyJournals, answered);
            await CheckAsync(new FileTileStore(directory.FullPath), answered);
        }
    }

    /// <summary>As above, and then the power fails: what was not synced is lost, kept or zeroed, each file by itself.</summary>
    [Theory]
    [InlineData(0, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public async Task Whenever_the_power_fails_every_answered_entry_is_there_after_reopening(int seed, bool oneJournal)
    {
        var failed = true;
        for (var failAt = 0; failed; failAt++)
        {
            var answered = new List<AppendedEntry>();
            var disk = new MemoryTileStore();
            failed = !await TrySessionAsync(new FaultyTileStore(disk, failAt, keep: (seed & 1) / 2.0), oneJournal ? OneJournal : ManyJournals, answered);
            await CheckAsync(disk.AfterPowerFailure(path => path.StartsWith("journal", StringComparison.Ordinal) && seed == 0 ? 1 : seed < 3 ? seed : Fate(path, seed + failAt)), answered);
        }
    }

    /// <summary>The first writes one by one, which open a log and begin its first batches; then some of each kind.</summary>
    private static int Step(int failAt) => failAt < 25 ? 1 : 9;

    private static int Fate(string path, int seed) =>
        System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{path} {seed}"))[0] % 3;

    /// <summary>Enough to fill a tile, to begin several journals, and to reopen once on the way.</summary>
    private async Task<bool> TrySessionAsync(FaultyTileStore store, TileLogOptions options, List<AppendedEntry> answered)
    {
        try
        {
            for (var opening = 0; opening < 2; opening++)
            {
                await using var log = await TileLog.OpenAsync(store, signer, options, TimeProvider.System, Cancel);
                for (var round = 0; round < 6; round++)
                {
                    var appends = Enumerable.Range(0, 50).Select(i => log.AppendAsync(Leaf(answered.Count + i), Cancel)).ToList();
                    await foreach (var append in Task.WhenEach(appends))
                    {
                        answered.Add(await append);
                    }
                }
            }

            return true;
        }
        catch (IOException e) when (e.Message.Contains(FaultyTileStore.Reason, StringComparison.Ordinal))
        {
            return false;
        }
    }

    private static byte[] Leaf(int i) => [(byte)(i & 0xff), (byte)(i >> 8)];

    private async Task CheckAsync(ITileStore store, List<AppendedEntry> answered)
    {
        await using var log = await TileLog.OpenAsync(store, signer, OneJournal, TimeProvider.System, Cancel);
        var checkpoint = Checkpoint.Parse(log.LatestCheckpoint.Text.Span);
        var reader = await TileReader.OpenAsync(store, checkpoint, Cancel);
        Assert.Equal(checkpoint.Size, (ulong)await reader.ReadEntriesAsync(0, Cancel).CountAsync(Cancel));
        foreach (var entry in answered)
        {
            var covered = Checkpoint.Parse(entry.Checkpoint.Text.Span);
            Assert.True(entry.Proof.Verify(await reader.ReadLeafHashAsync(entry.Index, Cancel), covered.Root));
        }

        foreach (var covered in answered.Select(entry => entry.Checkpoint).Distinct().Select(note => Checkpoint.Parse(note.Text.Span)))
        {
            Assert.Equal(covered.Root, await reader.RootAtAsync(covered.Size, Cancel));
        }

        await log.AppendAsync(new byte[] { 1 }, Cancel);
    }

    [Fact]
    public async Task A_full_disk_fails_the_callers_and_stops_the_log_until_it_is_reopened()
    {
        using var directory = new TemporaryDirectory();
        var store = new FaultyTileStore(new FileTileStore(directory.FullPath));
        await using (var log = await TileLog.OpenAsync(store, signer, new(), TimeProvider.System, Cancel))
        {
            await log.AppendAsync(Leaf(0), Cancel);
            store.IsFull = true;
            var failures = await Task.WhenAll(Enumerable.Range(1, 5).Select(i => Assert.ThrowsAsync<IOException>(() => log.AppendAsync(Leaf(i), Cancel))));
            Assert.All(failures, failure => Assert.Contains(FaultyTileStore.Reason, failure.Message, StringComparison.Ordinal));
            store.IsFull = false;
            var stopped = await Assert.ThrowsAsync<IOException>(() => log.AppendAsync(Leaf(6), Cancel));
            Assert.Contains("until it is opened again", stopped.Message, StringComparison.Ordinal);
            Assert.Equal(1UL, log.Size);
            Assert.True((await log.ProveInclusionAsync(0, 1, Cancel)).Hashes.IsEmpty);
        }

        await using var reopened = await TileLog.OpenAsync(store, signer, new(), TimeProvider.System, Cancel);
        Assert.Equal(1UL, (await reopened.AppendAsync(Leaf(7), Cancel)).Index);
    }
}
