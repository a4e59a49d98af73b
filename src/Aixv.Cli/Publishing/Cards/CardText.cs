using System.Text;

namespace Aixv.Cli.Publishing.Cards;

/// <summary>A model card, byte for byte, with the section between the markers. Whatever stands outside of them is never touched.</summary>
internal sealed class CardText
{
    public const string Begin = "<!-- aixv:begin -->";
    public const string End = "<!-- aixv:end -->";
    private static readonly byte[] Mark = [0xEF, 0xBB, 0xBF];
    private readonly byte[] bytes;
    private readonly (int Start, int End)? section;
    private readonly string newLine;

    private CardText(byte[] bytes, (int Start, int End)? section, string newLine) => (this.bytes, this.section, this.newLine) = (bytes, section, newLine);

    /// <summary>The card as text, for those who read it.</summary>
    public string Text => Encoding.UTF8.GetString(bytes);

    /// <summary>What stands between the markers, with line feeds; null where there are none.</summary>
    public string? Section
    {
        get
        {
            if (section is not { } place)
            {
                return null;
            }

            var text = Encoding.UTF8.GetString(bytes, place.Start, place.End - place.Start).ReplaceLineEndings("\n");
            return text[Begin.Length..^End.Length].Trim(' ', '\t').TrimStart('\n');
        }
    }

    /// <exception cref="CommandFailure">The markers do not make one section, or it is no text.</exception>
    public static CardText Parse(byte[] bytes, string name)
    {
        if (bytes.AsSpan().Contains((byte)0))
        {
            throw new CommandFailure($"{name} is no UTF-8 text, for it holds null bytes");
        }

        int? begin = null, end = null;
        foreach (var (start, stop) in MarkerLines(bytes))
        {
            var isBegin = bytes.AsSpan(start, stop - start).SequenceEqual(Encoding.ASCII.GetBytes(Begin));
            if (isBegin ? begin is not null : begin is null || end is not null)
            {
                throw new CommandFailure($"{name}: the markers {Begin} and {End} must each stand once, in this order, each on a line of its own; put that right, or delete them");
            }

            if (isBegin)
            {
                begin = start;
            }
            else
            {
                end = stop;
            }
        }

        if (begin is not null && end is null)
        {
            throw new CommandFailure($"{name}: {Begin} has no {End} after it; put that right, or delete it");
        }

        return new CardText(bytes, begin is { } first && end is { } last ? (first, last) : null, NewLineOf(bytes, begin ?? 0));
    }

    /// <summary>The lines that are a marker, without their blanks; not those of code blocks and of the front matter.</summary>
    private static IEnumerable<(int Start, int End)> MarkerLines(byte[] bytes)
    {
        var fence = "";
        var isFirst = true;
        var inFrontMatter = false;
        for (var at = bytes.AsSpan().StartsWith(Mark) ? Mark.Length : 0; at < bytes.Length;)
        {
            var length = bytes.AsSpan(at).IndexOf((byte)'\n');
            var stop = length < 0 ? bytes.Length : at + length;
            var line = Encoding.Latin1.GetString(bytes, at, stop - at);
            var text = line.TrimEnd(' ', '\t', '\r');
            if (isFirst && text == "---")
            {
                inFrontMatter = true;
            }
            else if (inFrontMatter)
            {
                inFrontMatter = text is not ("---" or "...");
            }
            else if (Fence(text) is { } found && (fence.Length == 0 || (found.Marks[0] == fence[0] && found.Marks.Length >= fence.Length && found.IsBare)))
            {
                fence = fence.Length == 0 ? found.Marks : "";
            }
            else if (fence.Length == 0 && text is Begin or End)
            {
                yield return (at, at + text.Length);
            }

            isFirst = false;
            at = stop + 1;
        }
    }

    /// <summary>CommonMark §4.5: three or more backticks or tildes, indented by at most three blanks.</summary>
    private static (string Marks, bool IsBare)? Fence(string line)
    {
        var text = line.TrimStart(' ');
        if (line.Length - text.Length > 3 || text.Length < 3 || text[0] is not ('`' or '~'))
        {
            return null;
        }

        var count = text.TakeWhile(unit => unit == text[0]).Count();
        var rest = text[count..];
        return count < 3 || (text[0] == '`' && rest.Contains('`', StringComparison.Ordinal)) ? null : (text[..count], rest.Trim().Length == 0);
    }

    private static string NewLineOf(byte[] bytes, int from)
    {
        var at = bytes.AsSpan(from).IndexOf((byte)'\n');
        (at, from) = at < 0 ? (bytes.AsSpan().IndexOf((byte)'\n'), 0) : (at, from);
        return at + from > 0 && bytes[at + from - 1] == '\r' ? "\r\n" : "\n";
    }

    /// <summary>The card with this section: in the place of the one that is there, else at the end.</summary>
    public byte[] With(string content)
    {
        var text = Encoding.UTF8.GetBytes($"{Begin}\n{content.TrimEnd('\n')}\n{End}".Replace("\n", newLine, StringComparison.Ordinal));
        if (section is { } place)
        {
            return [.. bytes.AsSpan(0, place.Start), .. text, .. bytes.AsSpan(place.End)];
        }

        var line = Encoding.ASCII.GetBytes(newLine);
        var endsLine = bytes.Length == 0 || bytes[^1] == '\n';
        byte[] gap = bytes.Length == 0 ? [] : endsLine ? line : [.. line, .. line];
        return [.. bytes, .. gap, .. text, .. endsLine ? line : []];
    }

    /// <summary>Whether a heading outside of the markers has the section's title, as hand-written sections have.</summary>
    public bool HasHeading(string title)
    {
        var outside = section is { } place ? Encoding.UTF8.GetString(bytes, 0, place.Start) + Encoding.UTF8.GetString(bytes, place.End, bytes.Length - place.End) : Text;
        return outside.Split('\n').Any(line => line.TrimEnd() == title);
    }
}
