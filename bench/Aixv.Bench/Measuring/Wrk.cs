using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Aixv.Bench.Measuring;

/// <summary>The load generator wrk: one thread, for the server needs the other core.</summary>
internal static partial class Wrk
{
    private const int Connections = 256;
    private const int Seconds = 3;

    /// <summary>Whether it is installed.</summary>
    internal static bool IsInstalled => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(f => File.Exists(Path.Combine(f, "wrk")));

    /// <param name="Rate">Requests per second.</param>
    /// <param name="P99">Of the time from request to answer, in milliseconds.</param>
    internal readonly record struct Result(double Rate, double P99);

    /// <summary>Loads a URL for some seconds.</summary>
    /// <param name="script">A Lua file that says what to send, or null for GET.</param>
    /// <exception cref="InvalidOperationException">Some answers were not 2xx, or wrk failed.</exception>
    internal static Result Run(string url, string? script)
    {
        string[] arguments = ["-t1", $"-c{Connections}", $"-d{Seconds}s", "--latency", .. script is null ? Array.Empty<string>() : ["-s", script], url];
        using var process = Process.Start(new ProcessStartInfo("wrk", arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var (rate, p99) = (RateShape().Match(output), TailShape().Match(output));
        if (!rate.Success || !p99.Success || output.Contains("Non-2xx", StringComparison.Ordinal) || output.Contains("Socket errors", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"wrk {url}: {output}");
        }

        return new Result(Number(rate.Groups[1].Value), Number(p99.Groups[1].Value) * (p99.Groups[2].Value switch { "us" => 1e-3, "ms" => 1, _ => 1e3 }));
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex RateShape();

    [GeneratedRegex(@"99%\s+([\d.]+)(us|ms|s)")]
    private static partial Regex TailShape();
}
