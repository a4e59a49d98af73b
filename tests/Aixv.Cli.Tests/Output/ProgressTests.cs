using Aixv.Cli.Output;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Cli.Tests.Output;

public sealed class ProgressTests
{
    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(999, "999 B")]
    [InlineData(1000, "1.00 kB")]
    [InlineData(12_345, "12.3 kB")]
    [InlineData(999_949, "1.00 MB")]
    [InlineData(4_294_967_296, "4.29 GB")]
    [InlineData(123_456_789_012_345, "123 TB")]
    public void Sizes_have_three_figures(long count, string expected) => Assert.Equal(expected, Progress.Bytes(count));

    [Fact]
    public void A_long_read_shows_bytes_rate_and_time_left_and_cleans_up()
    {
        var time = new ManualTime();
        using var folder = new CliFolder { IsTerminal = true, Width = 100, Time = time };
        var error = new StringWriter();
        using (var progress = Progress.Start(folder.CreateApp(TextWriter.Null, error, CancellationToken.None), "some/model.bin")!)
        {
            progress.Report(new FileDigesterProgress(1_000_000, 10_000_000_000));
            Assert.Equal("", error.ToString());
            time.Advance(TimeSpan.FromSeconds(2));
            progress.Report(new FileDigesterProgress(2_000_000_000, 10_000_000_000));
            Assert.Equal("\rmodel.bin: 2.00 GB of 10.0 GB, 1.00 GB/s, 00:08 left", error.ToString());
            progress.Report(new FileDigesterProgress(2_000_000_001, 10_000_000_000));
            Assert.DoesNotContain('\r', error.ToString()[1..]);
        }

        Assert.EndsWith(" \r", error.ToString());
    }

    [Fact]
    public void A_pipe_gets_no_progress()
    {
        using var folder = new CliFolder();
        Assert.Null(Progress.Start(folder.CreateApp(TextWriter.Null, TextWriter.Null, CancellationToken.None), "x"));
    }

    private sealed class ManualTime : TimeProvider
    {
        private long ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => ticks;

        public void Advance(TimeSpan time) => ticks += time.Ticks;
    }
}
