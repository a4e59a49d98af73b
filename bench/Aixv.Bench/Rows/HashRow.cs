using System.Security.Cryptography;
using Aixv.Bench.Measuring;

namespace Aixv.Bench.Rows;

/// <summary><c>aixv digest</c> of one large file, whole process: in the page cache against openssl, and from the disk against its limits.</summary>
internal sealed class HashRow : Row
{
    internal override string Name => "hash";

    internal override Task<IReadOnlyList<Line>> MeasureAsync(BenchOptions options)
    {
        using var file = ScratchFile.Create(options);
        return Task.FromResult<IReadOnlyList<Line>>([Warm(options, file), Cold(options, file), Memory(options, file)]);
    }

    private static Line Warm(BenchOptions options, ScratchFile file)
    {
        file.Read();
        var paired = Paired.Measure(
            options.Repeats,
            () => ChildProcess.Run(options.Cli, "digest", file.Path).Wall,
            () => ChildProcess.Run("openssl", "dgst", "-sha256", file.Path).Wall);
        return Line.AtMost(
            $"hash {Size(file)} in page cache, whole process", $"{paired.Ours:0.00} s", $"{paired.Yardstick:0.00} s, openssl dgst -sha256", paired.Ratio, 0.92);
    }

    private static Line Cold(BenchOptions options, ScratchFile file)
    {
        var hash = new List<double>();
        double Rate(Action work)
        {
            file.Evict();
            return file.Length / 1e9 / CpuClock.Wall(work);
        }

        var paired = Paired.Measure(
            options.Repeats,
            () => Rate(() => ChildProcess.Run(options.Cli, "digest", file.Path)),
            () =>
            {
                hash.Add(HashRate());
                return Math.Min(Rate(file.Read), hash[^1]);
            });
        return Line.AtLeast(
            "the same from a cold disk",
            $"{paired.Ours:0.00} GB/s",
            $"{paired.Yardstick:0.00} GB/s, the lesser of a read-only loop and hashing memory ({Paired.Median([.. hash]):0.00})",
            paired.Ratio,
            0.90);
    }

    /// <summary>GB/s of SHA-256 over memory, which no reading slows down.</summary>
    private static double HashRate()
    {
        const int Blocks = 512;
        var block = new byte[1024 * 1024];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        return Blocks * block.Length / 1e9 / CpuClock.Wall(() =>
        {
            for (var i = 0; i < Blocks; i++)
            {
                hash.AppendData(block);
            }
        });
    }

    private static Line Memory(BenchOptions options, ScratchFile file)
    {
        var peak = PeakMemory.Of(options.Cli, "digest", file.Path) / 1024.0;
        return new Line($"memory while hashing {Size(file)}", $"{peak:0.0} MiB", "", null, "< 64 MiB", peak < 64);
    }

    private static string Size(ScratchFile file) => $"{Line.Text(file.Length / 1e9)} GB";
}
