using System.Security.Cryptography;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Keys;
using Aixv.Transparency.Merkle;
using Aixv.Transparency.Storage;
using Aixv.Transparency.Writing;

// Appends random entries to the log in args[0], signing with the PEM key in args[1], until it is killed.
// For every answer it prints: index, leaf hash, checkpoint size, checkpoint root.
const int Callers = 24;
const int LongestEntry = 3000;
var signer = new NoteSigner("log.example", SigningKey.FromPem(await File.ReadAllTextAsync(args[1])));
var options = new TileLogOptions { MaximumBatchEntries = 50, JournalBytes = 200_000 };
await using var log = await TileLog.OpenAsync(new FileTileStore(args[0]), signer, options, TimeProvider.System);
var output = Console.Out;
var gate = new Lock();
await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(AppendForeverAsync)));

async Task AppendForeverAsync()
{
    while (true)
    {
        var leaf = RandomNumberGenerator.GetBytes(RandomNumberGenerator.GetInt32(LongestEntry));
        var entry = await log.AppendAsync(leaf);
        var checkpoint = Checkpoint.Parse(entry.Checkpoint.Text.Span);
        lock (gate)
        {
            output.WriteLine($"{entry.Index} {MerkleTree.HashLeaf(leaf)} {checkpoint.Size} {checkpoint.Root}");
            output.Flush();
        }
    }
}
