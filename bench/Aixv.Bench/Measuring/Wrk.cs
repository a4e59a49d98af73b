using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Aixv.Bench.Measuring;

/// <summary>The load generator wrk: one thread, for the server needs the other core.</summary>
internal static partial class Wrk
{
    internal const int Connections = 256;
    private const int Seconds = 3;
    private const int Attempts = 3;
    private const double MaximumStolen = 0.03;

    /// <summary>Whether it is installed.</summary>
    internal static bool IsInstalled => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(f => File.Exists(Path.Combine(f, "wrk")));

    /// <param name="Rate">Requests per second.</param>
    /// <param name="Count">Requests in all.</param>
    /// <param name="P50">Half of the answers took at most so long, in milliseconds.</param>
    /// <param name="P99">Of the time from request to answer, in milliseconds.</param>
    internal readonly record struct Result(double Rate, long Count, double P50, double P99);

    /// <summary>Loads a URL for some seconds; again where the machine's neighbours took part of the processors meanwhile.</summary>
    /// <param name="script">A Lua file that says what to send, or null for GET.</param>
    /// <exception cref="InvalidOperationException">Some answers were not 2xx, or wrk failed.</exception>
    internal static Result Run(string url, string? script, int connections = Connections)
    {
        for (var attempt = 1; ; attempt++)
        {
            var before = StolenTime.Now();
            var result = RunOnce(url, script, connections);
            var stolen = before.ShareUntilNow();
            if (stolen <= MaximumStolen || attempt == Attempts)
            {
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"bench:   {new Uri(url).AbsolutePath} {result.Rate:0}/s, p99 {result.P99:0.0} ms, {stolen:P0} stolen"));
                return result;
            }
        }
    }

    private static Result RunOnce(string url, string? script, int connections)
    {
        string[] arguments = ["-t1", $"-c{connections}", $"-d{Seconds}s", "--latency", .. script is null ? Array.Empty<string>() : ["-s", script], url];
        using var process = Process.Start(new ProcessStartInfo("wrk", arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var (rate, count) = (RateShape().Match(output), CountShape().Match(output));
        var (p50, p99) = (MiddleShape().Match(output), TailShape().Match(output));
        if (!rate.Success || !count.Success || !p50.Success || !p99.Success || output.Contains("Non-2xx", StringComparison.Ordinal) || output.Contains("Socket errors", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"wrk {url}: {output}");
        }

        return new Result(Number(rate.Groups[1].Value), (long)Number(count.Groups[1].Value), Milliseconds(p50), Milliseconds(p99));
    }

    private static double Milliseconds(Match match) => Number(match.Groups[1].Value) * (match.Groups[2].Value switch { "us" => 1e-3, "ms" => 1, _ => 1e3 });

    /// <summary>Loads several URLs at once, with the same number of connections in all.</summary>
    internal static double RunAll(IReadOnlyList<(string Url, string Script)> targets)
    {
        var runs = targets.Select(target => Task.Run(() => Run(target.Url, target.Script, Connections / targets.Count))).ToArray();
        return Task.WhenAll(runs).GetAwaiter().GetResult().Sum(result => result.Rate);
    }

    /// <summary>Runs something until it gets no faster: code is compiled anew while it runs, and on a busy machine that takes its time.</summary>
    internal static void WarmUp(Func<double> run)
    {
        const int MaximumRuns = 15;
        var (best, idle) = (0.0, 0);
        for (var i = 0; i < MaximumRuns && idle < 3; i++)
        {
            var rate = run();
            idle = rate > 1.05 * best ? 0 : idle + 1;
            best = Math.Max(best, rate);
        }
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex RateShape();

    [GeneratedRegex(@"(\d+) requests in")]
    private static partial Regex CountShape();

    [GeneratedRegex(@"50%\s+([\d.]+)(us|ms|s)")]
    private static partial Regex MiddleShape();

    [GeneratedRegex(@"99%\s+([\d.]+)(us|ms|s)")]
    private static partial Regex TailShape();
}
