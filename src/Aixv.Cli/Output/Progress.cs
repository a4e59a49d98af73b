using System.Globalization;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Cli.Output;

/// <summary>One line on the terminal that says how far the reading of a large file is; nothing in a pipe or for quick files.</summary>
internal sealed class Progress : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly App app;
    private readonly string name;
    private readonly long started;
    private long shownAt;
    private int shownLength;

    private Progress(App app, string path)
    {
        this.app = app;
        name = Path.GetFileName(path);
        started = shownAt = app.Time.GetTimestamp();
    }

    /// <summary>Null where standard error is no terminal.</summary>
    public static Progress? Start(App app, string path) => app.ErrorIsTerminal ? new Progress(app, path) : null;

    public void Report(FileDigesterProgress progress)
    {
        var elapsed = app.Time.GetElapsedTime(started);
        if (elapsed < Patience || (shownLength > 0 && app.Time.GetElapsedTime(shownAt) < Interval))
        {
            return;
        }

        shownAt = app.Time.GetTimestamp();
        Show(Describe(progress, elapsed));
    }

    private string Describe(FileDigesterProgress progress, TimeSpan elapsed)
    {
        var rate = progress.Done / elapsed.TotalSeconds;
        var text = $"{name}: {Bytes(progress.Done)}";
        if (progress.Total is { } total)
        {
            var left = TimeSpan.FromSeconds(rate > 0 ? Math.Min((total - progress.Done) / rate, 359_999) : 0);
            text += $" of {Bytes(total)}, {Bytes(rate)}/s, {left.ToString(left.TotalHours >= 1 ? @"hh\:mm\:ss" : @"mm\:ss", CultureInfo.InvariantCulture)} left";
        }
        else
        {
            text += $", {Bytes(rate)}/s";
        }

        return text.Length < app.Width ? text : text[^Math.Max(app.Width - 1, 1)..];
    }

    private void Show(string text)
    {
        app.Error.Write($"\r{text.PadRight(shownLength)}");
        app.Error.Flush();
        shownLength = text.Length;
    }

    /// <summary>A size with three figures, in decimal units.</summary>
    internal static string Bytes(double count)
    {
        string[] units = ["B", "kB", "MB", "GB", "TB", "PB"];
        var unit = 0;
        while (count >= 999.5 && unit < units.Length - 1)
        {
            count /= 1000;
            unit++;
        }

        var format = unit == 0 || count >= 99.95 ? "0" : count >= 9.995 ? "0.0" : "0.00";
        return $"{count.ToString(format, CultureInfo.InvariantCulture)} {units[unit]}";
    }

    public void Dispose()
    {
        if (shownLength > 0)
        {
            app.Error.Write($"\r{new string(' ', shownLength)}\r");
            app.Error.Flush();
        }
    }
}
