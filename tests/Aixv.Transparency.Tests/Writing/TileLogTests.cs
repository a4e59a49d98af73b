using System.Globalization;
using System.Text;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Merkle;
using Aixv.Transparency.Reading;
using Aixv.Transparency.Storage;
using Aixv.Transparency.Tests.Merkle;
using Aixv.Transparency.Writing;

namespace Aixv.Transparency.Tests.Writing;

public sealed class TileLogTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();
    private readonly NoteSigner signer = TestSigner.Create();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => directory.Dispose();

    private Task<TileLog> OpenAsync(TileLogOptions? options = null) =>
        TileLog.OpenAsync(new FileTileStore(directory.FullPath), signer, options ?? new(), TimeProvider.System, Cancel);

    private static byte[] Leaf(int i) => Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"entry {i}"));

    [Fact]
    public async Task A_new_log_publishes_a_signed_empty_tree()
    {
        await using var log = await OpenAsync();
        Assert.Equal(0UL, log.Size);
        Assert.Equal(NoteVerdict.Valid, signer.Verifier.Check(log.LatestCheckpoint));
        var published = await File.ReadAllBytesAsync(Path.Combine(directory.FullPath, "checkpoint"), Cancel);
        Assert.Equal(log.LatestCheckpoint.ToBytes(), published);
        Assert.Equal(MerkleTree.EmptyRoot, Checkpoint.Parse(log.LatestCheckpoint.Text.Span).Root);
    }

    [Fact]
    public async Task Every_answer_has_a_proof_into_its_checkpoint_and_every_size_can_be_audited_from_the_tiles()
    {
        const int Entries = 600;
        var leaves = new List<MerkleHash>();
        await using var log = await OpenAsync();
        for (var i = 0; i < Entries; i++)
        {
            var entry = await log.AppendAsync(Leaf(i), Cancel);
            leaves.Add(MerkleTree.HashLeaf(Leaf(i)));
            var checkpoint = Checkpoint.Parse(entry.Checkpoint.Text.Span);
            Assert.Equal((ulong)i, entry.Index);
            Assert.Equal((ulong)i + 1, checkpoint.Size);
            Assert.True(entry.Proof.Verify(leaves[i], checkpoint.Root));
            if (i % 37 == 0 || i is 254 or 255 or 256 or 511 or 512)
            {
                Assert.Equal(NaiveTree.Root(leaves.ToArray()), checkpoint.Root);
                await AuditAsync(checkpoint, leaves);
            }
        }
    }

    private async Task AuditAsync(Checkpoint checkpoint, List<MerkleHash> leaves)
    {
        var reader = await TileReader.OpenAsync(new FileTileStore(directory.FullPath), checkpoint, Cancel);
        var i = 0;
        await foreach (var entry in reader.ReadEntriesAsync(0, Cancel))
        {
            Assert.Equal(Leaf(i++), entry.ToArray());
        }

        Assert.Equal(leaves.Count, i);
        foreach (var index in new[] { 0, i / 3, i - 1 })
        {
            var proof = await reader.ProveInclusionAsync((ulong)index, checkpoint.Size, Cancel);
            Assert.Equal(NaiveTree.Path(index, leaves.ToArray()), proof.Hashes);
        }
    }

    [Fact]
    public async Task Concurrent_callers_share_checkpoints_and_all_are_proven()
    {
        const int Callers = 64;
        const int Each = 50;
        await using var log = await OpenAsync();
        var answers = (await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => AppendManyAsync(log, caller * Each, Each)))).SelectMany(a => a).ToList();
        Assert.Equal(Callers * Each, answers.Select(a => a.Entry.Index).Distinct().Count());
        Assert.Equal((ulong)(Callers * Each), log.Size);
        foreach (var (i, entry) in answers)
        {
            Assert.True(entry.Proof.Verify(MerkleTree.HashLeaf(Leaf(i)), Checkpoint.Parse(entry.Checkpoint.Text.Span).Root));
            Assert.Equal(Leaf(i), (await log.ReadEntryAsync(entry.Index, Cancel)).ToArray());
        }

        Assert.True(answers.DistinctBy(a => a.Entry.Checkpoint).Count() < answers.Count);
    }

    private static async Task<List<(int Leaf, AppendedEntry Entry)>> AppendManyAsync(TileLog log, int from, int count)
    {
        await Task.Yield();
        var answers = new List<(int, AppendedEntry)>();
        for (var i = from; i < from + count; i++)
        {
            answers.Add((i, await log.AppendAsync(Leaf(i), Cancel)));
        }

        return answers;
    }
}
