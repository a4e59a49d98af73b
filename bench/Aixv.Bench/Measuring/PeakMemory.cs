using System.Diagnostics;
using System.Globalization;

namespace Aixv.Bench.Measuring;

/// <summary>The most memory that a process had resident, pages of mapped files included (VmHWM of proc(5)).</summary>
/// <remarks>Asked of the process while it runs: what the system reports afterwards includes the memory of the process that started it.</remarks>
internal static class PeakMemory
{
    /// <summary>Runs a program to its end.</summary>
    /// <returns>Its peak in KiB.</returns>
    internal static long Of(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var peak = 0L;
        do
        {
            peak = Math.Max(peak, Read(process.Id));
        }
        while (!process.WaitForExit(5));
        return peak;
    }

    internal static long Read(int pid)
    {
        try
        {
            var line = File.ReadLines($"/proc/{pid}/status").FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.AsSpan(6, line.Length - 6 - 2).Trim(), CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
