using System.Globalization;

namespace Aixv.Cli.Importing.Graphs;

/// <summary>One line on the terminal that says how far an import is; nothing in a pipe.</summary>
internal sealed class ImportDisplay : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private readonly App app;
    private readonly string name;
    private readonly long started;
    private long shownAt;
    private long before = -1;
    private int shownLength;

    private ImportDisplay(App app, string path)
    {
        (this.app, name) = (app, path == "-" ? "standard input" : Path.GetFileName(path));
        started = shownAt = app.Time.GetTimestamp();
    }

    /// <summary>Null where standard error is no terminal.</summary>
    public static ImportDisplay? Start(App app, string path) => app.ErrorIsTerminal ? new ImportDisplay(app, path) : null;

    public void Report(ImportProgress progress)
    {
        before = before < 0 ? progress.Nodes : before;
        if (shownLength > 0 && app.Time.GetElapsedTime(shownAt) < Interval)
        {
            return;
        }

        shownAt = app.Time.GetTimestamp();
        var rate = (progress.Nodes - before) / Math.Max(app.Time.GetElapsedTime(started).TotalSeconds, 0.001);
        var text = string.Create(CultureInfo.InvariantCulture, $"{name}: {progress.Nodes:#,0} nodes of {progress.Lines:#,0} lines, {rate:#,0}/s{(progress.Bad > 0 ? $", {progress.Bad:#,0} bad" : "")}");
        text = text.Length < app.Width ? text : text[..Math.Max(app.Width - 1, 1)];
        app.Error.Write($"\r{text.PadRight(shownLength)}");
        app.Error.Flush();
        shownLength = text.Length;
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
