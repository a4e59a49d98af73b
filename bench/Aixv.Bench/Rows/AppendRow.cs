using System.Security.Cryptography;
using Aixv.Bench.Measuring;
using Aixv.Bench.Yardsticks;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Keys;
using Aixv.Transparency.Storage;
using Aixv.Transparency.Writing;

namespace Aixv.Bench.Rows;

/// <summary>Appending 1 KiB entries to a log on the disk, each answered when it is durable and a published checkpoint covers it.</summary>
internal sealed class AppendRow : Row
{
    private const int Entries = 100_000;
    private const int EntryBytes = 1024;
    private const int InFlight = 16_384;

    internal override string Name => "append";

    internal override async Task<IReadOnlyList<Line>> MeasureAsync(BenchOptions options)
    {
        var folder = options.EmptyFolder("append");
        try
        {
            using var key = SigningKey.Generate(KeyAlgorithm.Ed25519);
            await using var log = await TileLog.OpenAsync(
                new FileTileStore(Path.Combine(folder, "log")), new NoteSigner("bench.test/log", key), new TileLogOptions(), TimeProvider.System);
            return [Measure(options, folder, log)];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Line Measure(BenchOptions options, string folder, TileLog log)
    {
        var batch = 0;
        var limits = new List<(double Sync, double Hash)>();
        var paired = Paired.Measure(
            options.Repeats,
            () => Entries / CpuClock.Wall(() => batch = Append(log)),
            () =>
            {
                limits.Add((LogLimits.GroupCommit(folder, Entries, EntryBytes, batch), LogLimits.Hashing(Entries, EntryBytes)));
                return Math.Min(limits[^1].Sync, limits[^1].Hash);
            });
        var (sync, hash) = (Paired.Median([.. limits.Select(l => l.Sync)]), Paired.Median([.. limits.Select(l => l.Hash)]));
        return Line.AtLeast(
            "log append in process, durable and in a checkpoint",
            $"{paired.Ours:#,0} /s in batches of {batch}",
            $"{paired.Yardstick:#,0} /s, the lesser of a sync per {batch} KiB ({sync:#,0}) and hashing in one thread ({hash:#,0})",
            paired.Ratio,
            0.8);
    }

    /// <summary>Appends from one thread, with many entries under way.</summary>
    /// <returns>The mean number of entries under one checkpoint.</returns>
    private static int Append(TileLog log)
    {
        var entry = RandomNumberGenerator.GetBytes(EntryBytes);
        var appends = new Task<AppendedEntry>[InFlight];
        var checkpoints = new HashSet<SignedNote>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < Entries + InFlight; i++)
        {
            var slot = i % InFlight;
            if (i >= InFlight && appends[slot] is { } append)
            {
                checkpoints.Add(append.GetAwaiter().GetResult().Checkpoint);
            }

            appends[slot] = i < Entries ? log.AppendAsync(entry) : null!;
        }

        return Entries / checkpoints.Count;
    }
}
