using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Keys;
using Aixv.Transparency.Merkle;
using Aixv.Transparency.Reading;
using Aixv.Transparency.Storage;
using Aixv.Transparency.Writing;

namespace Aixv.Transparency.Tests.Writing;

/// <summary>A real process appends and is killed with no warning, again and again.</summary>
public sealed class KilledWriterTests : IDisposable
{
    private const int Kills = 24;
    private const int LongestLifeMilliseconds = 250;

    private readonly TemporaryDirectory directory = new();
    private readonly SigningKey key = SigningKey.Generate(KeyAlgorithm.Ed25519);
    private readonly Dictionary<ulong, string> answered = [];
    private readonly Dictionary<ulong, string> roots = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string LogDirectory => Path.Combine(directory.FullPath, "log");

    private string KeyFile => Path.Combine(directory.FullPath, "key.pem");

    public void Dispose()
    {
        key.Dispose();
        directory.Dispose();
    }

    [Fact]
    public async Task Whenever_the_writer_is_killed_every_answered_entry_is_there_and_all_checkpoints_agree()
    {
        await File.WriteAllTextAsync(KeyFile, key.ToPem(), Cancel);
        for (var kill = 0; kill < Kills; kill++)
        {
            // Every fourth dies without regard to whether it has opened the log yet.
            await RunUntilKilledAsync(afterFirstAnswer: kill % 4 != 0);
            ReadPublished();
            await CheckAsync();
        }

        Assert.True(answered.Count > Kills, $"only {answered.Count} entries were appended in all");
    }

    private async Task RunUntilKilledAsync(bool afterFirstAnswer)
    {
        var writer = Path.Combine(AppContext.BaseDirectory, "Aixv.Transparency.Writer.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [writer, LogDirectory, KeyFile]) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput;
        var first = afterFirstAnswer ? await output.ReadLineAsync(Cancel) : null;
        Assert.False(afterFirstAnswer && first is null, "the writer ended before its first answer");
        Observe(first);
        var reading = Task.Run(async () =>
        {
            while (await output.ReadLineAsync(Cancel) is { } line)
            {
                Observe(line);
            }
        }, Cancel);
        await Task.Delay(RandomNumberGenerator.GetInt32(LongestLifeMilliseconds), Cancel);
        process.Kill();
        await process.WaitForExitAsync(Cancel);
        await reading;
    }

    /// <summary>Notes an answer; the last line may be cut short by the kill.</summary>
    private void Observe(string? line)
    {
        if (line?.Split(' ') is [var index, { Length: 64 } leaf, var size, { Length: 64 } root])
        {
            Assert.True(answered.TryAdd(ulong.Parse(index, CultureInfo.InvariantCulture), leaf), $"index {index} was given twice");
            ObserveRoot(ulong.Parse(size, CultureInfo.InvariantCulture), root);
        }
    }

    private void ObserveRoot(ulong size, string root)
    {
        if (!roots.TryAdd(size, root))
        {
            Assert.Equal(roots[size], root);
        }
    }

    /// <summary>The checkpoint as the kill left it, before anything repairs it.</summary>
    private void ReadPublished()
    {
        var file = Path.Combine(LogDirectory, "checkpoint");
        if (File.Exists(file))
        {
            var checkpoint = Checkpoint.Parse(SignedNote.Parse(File.ReadAllBytes(file)).Text.Span);
            ObserveRoot(checkpoint.Size, checkpoint.Root.ToString());
        }
    }

    private async Task CheckAsync()
    {
        var signer = new NoteSigner("log.example", key);
        var store = new FileTileStore(LogDirectory);
        await using var log = await TileLog.OpenAsync(store, signer, new(), TimeProvider.System, Cancel);
        Assert.Equal(NoteVerdict.Valid, signer.Verifier.Check(log.LatestCheckpoint));
        var checkpoint = Checkpoint.Parse(log.LatestCheckpoint.Text.Span);
        ObserveRoot(checkpoint.Size, checkpoint.Root.ToString());
        var reader = await TileReader.OpenAsync(store, checkpoint, Cancel);
        var index = 0UL;
        await foreach (var entry in reader.ReadEntriesAsync(0, Cancel))
        {
            if (answered.TryGetValue(index++, out var leaf))
            {
                Assert.Equal(leaf, MerkleTree.HashLeaf(entry.Span).ToString());
            }
        }

        Assert.All(answered.Keys, answer => Assert.True(answer < index, $"entry {answer} was answered and is lost"));
        foreach (var (size, root) in roots)
        {
            Assert.Equal(root, (await reader.RootAtAsync(size, Cancel)).ToString());
        }

        // They agree with this tree; that the next one extends it is checked from its last checkpoint on.
        roots.Clear();
        ObserveRoot(checkpoint.Size, checkpoint.Root.ToString());
    }
}
