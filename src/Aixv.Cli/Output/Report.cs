using System.Text;

namespace Aixv.Cli.Output;

/// <summary>
/// Output for people: lines, labelled rows and checks, wrapped to the terminal and on one line each in a pipe. Colour only on a terminal and without NO_COLOR;
/// symbols in ASCII where the locale has no others.
/// </summary>
internal sealed class Report
{
    private const int LabelWidth = 10;
    private const string Green = "32";
    private const string Red = "31";
    private const string Dim = "2";
    private const string Bold = "1";

    private readonly TextWriter writer;
    private readonly TextWriter error;
    private readonly bool colour;
    private readonly bool utf8;
    private readonly int width;

    public Report(App app)
    {
        writer = app.Out;
        error = app.Error;
        colour = app.OutIsTerminal && app.Setting("NO_COLOR") is null && app.Setting("TERM") != "dumb";
        utf8 = app.Utf8;
        width = app.OutIsTerminal ? Math.Clamp(app.Width, 30, 140) : int.MaxValue;
    }

    /// <summary>Whether symbols outside ASCII can be shown.</summary>
    public bool HasSymbols => utf8;

    /// <summary>A line as it is.</summary>
    public void Line(string text = "") => writer.WriteLine(Printable(text));

    /// <summary>The one thing that matters, marked good or bad.</summary>
    public void Title(bool good, string text) => writer.WriteLine($"{Mark(good)} {Paint(Bold, Printable(text))}");

    /// <summary>What went wrong, on standard error.</summary>
    public void Error(string text) => error.WriteLine($"error: {Printable(text)}");

    /// <summary>What the person should do meanwhile, on standard error.</summary>
    public void Notice(string text) => error.WriteLine(Printable(text));

    /// <summary>What deserves attention, on standard error.</summary>
    public void Warning(string text) => error.WriteLine($"warning: {Printable(text)}");

    /// <summary>A heading over rows.</summary>
    public void Heading(string text) => writer.WriteLine(Paint(Bold, Printable(text)));

    /// <summary>A label and a value; the value is wrapped under itself.</summary>
    public void Row(string label, string? value)
    {
        if (value is not null)
        {
            WriteWrapped($"  {Paint(Dim, label.PadRight(LabelWidth))}", 2 + Math.Max(LabelWidth, label.Length) + 1, value);
        }
    }

    /// <summary>One step that passed or failed.</summary>
    public void Check(bool passed, string step, string detail) =>
        WriteWrapped($"  {Mark(passed)} {step.PadRight(LabelWidth)}", 2 + (utf8 ? 1 : 4) + 1 + Math.Max(LabelWidth, step.Length) + 1, detail);

    /// <summary>Makes text from files and peers safe to show: no control characters, no invisible direction marks.</summary>
    public string Printable(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var shown = rune.IsAscii ? rune.Value is >= ' ' and <= '~' : utf8 && IsVisible(rune);
            result.Append(shown ? rune.ToString() : rune.Value == '…' && !utf8 ? "..." : $"\\u{{{rune.Value:x}}}");
        }

        return result.ToString();
    }

    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        System.Globalization.UnicodeCategory.Control
        or System.Globalization.UnicodeCategory.Format
        or System.Globalization.UnicodeCategory.LineSeparator
        or System.Globalization.UnicodeCategory.ParagraphSeparator
        or System.Globalization.UnicodeCategory.PrivateUse
        or System.Globalization.UnicodeCategory.OtherNotAssigned);

    private string Mark(bool good) => good
        ? Paint(Green, utf8 ? "✓" : "[ok]")
        : Paint(Red, utf8 ? "✗" : "[no]");

    private string Paint(string code, string text) => colour ? $"\e[{code}m{text}\e[0m" : text;

    private void WriteWrapped(string head, int indent, string value)
    {
        writer.Write(head);
        writer.Write(' ');
        var room = Math.Max(width - indent, 12);
        var rest = Printable(value).AsSpan();
        while (rest.Length > room)
        {
            var cut = rest[..(room + 1)].LastIndexOf(' ');
            var (taken, skipped) = cut > 0 ? (cut, 1) : (room, 0);
            writer.Write(rest[..taken]);
            writer.WriteLine();
            writer.Write(new string(' ', indent));
            rest = rest[(taken + skipped)..];
        }

        writer.Write(rest);
        writer.WriteLine();
    }
}
