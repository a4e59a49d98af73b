namespace Aixv.Cli.Importing.Graphs;

/// <summary>Cuts a dump into its elements: the lines of JSON Lines, the members of one long array, or the document as a whole.</summary>
internal sealed class DumpElements
{
    /// <summary>The longest line or member that is read.</summary>
    public const int MaximumElement = 16 * 1024 * 1024;

    private readonly DumpInput input;
    private readonly DumpShape shape;
    private int scanned;

    private DumpElements(DumpInput input, DumpShape shape, long lines) => (this.input, this.shape, Lines) = (input, shape, lines);

    public DumpShape Shape => shape;

    /// <summary>How many lines were taken.</summary>
    public long Lines { get; private set; }

    /// <summary>Begins at the start of a dump, or where an import left off.</summary>
    /// <param name="input">The dump.</param>
    /// <param name="shape">Its shape, as its beginning shows it.</param>
    /// <param name="lines">The lines before.</param>
    public static DumpElements Of(DumpInput input, DumpShape shape, long lines = 0) => new(input, shape, lines);

    /// <summary>The next element; null at the end.</summary>
    public ValueTask<DumpElement?> NextAsync(CancellationToken cancellationToken) => shape switch
    {
        DumpShape.Lines => NextLineAsync(cancellationToken),
        DumpShape.Array => NextMemberAsync(cancellationToken),
        DumpShape.Document => DocumentAsync(cancellationToken),
    };

    private async ValueTask<DumpElement?> NextLineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var end = input.Waiting.Span[scanned..].IndexOf((byte)'\n');
            if (end < 0 && !input.IsAtEnd)
            {
                scanned = input.Waiting.Length;
                if (scanned > MaximumElement)
                {
                    return await SkipLineAsync(cancellationToken);
                }

                await input.ReadAsync(cancellationToken);
                continue;
            }

            if (end < 0 && input.Waiting.IsEmpty)
            {
                return null;
            }

            var length = end < 0 ? input.Waiting.Length : scanned + end + 1;
            var line = input.Waiting[..length].TrimEnd(" \t\r\n"u8).TrimStart(" \t\uFEFF"u8);
            scanned = 0;
            input.Take(length);
            Lines++;
            if (!line.IsEmpty)
            {
                return new DumpElement(line, Lines, null);
            }
        }
    }

    /// <summary>A line that is too long is passed over without being kept.</summary>
    private async ValueTask<DumpElement?> SkipLineAsync(CancellationToken cancellationToken)
    {
        scanned = 0;
        Lines++;
        while (!input.Waiting.IsEmpty || await input.ReadAsync(cancellationToken))
        {
            var end = input.Waiting.Span.IndexOf((byte)'\n');
            input.Take(end < 0 ? input.Waiting.Length : end + 1);
            if (end >= 0)
            {
                break;
            }
        }

        return new DumpElement(default, Lines, $"the line is longer than {MaximumElement} bytes");
    }

    private async ValueTask<DumpElement?> NextMemberAsync(CancellationToken cancellationToken)
    {
        // Between members: white space, commas, and the brackets of the array itself.
        while (true)
        {
            if (input.Waiting.IsEmpty && !await input.ReadAsync(cancellationToken))
            {
                return null;
            }

            if (input.Waiting.Span[0] is (byte)'{')
            {
                break;
            }

            if (input.Waiting.Span[0] is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)',' or (byte)'[' or (byte)']' or 0xEF or 0xBB or 0xBF))
            {
                var (line, length) = (Lines + 1, input.Waiting.Span.IndexOfAny((byte)'{', (byte)'\n') is >= 0 and var next ? next : input.Waiting.Length);
                input.Take(length);
                return new DumpElement(default, line, "a member of the array is no object");
            }

            Lines += input.Waiting.Span[0] == '\n' ? 1 : 0;
            input.Take(1);
        }

        return await MemberAsync(cancellationToken);
    }

    private async ValueTask<DumpElement?> MemberAsync(CancellationToken cancellationToken)
    {
        var (depth, isText, isEscaped, newLines) = (0, false, false, 0L);
        for (var i = 0; ; i++)
        {
            if (i == input.Waiting.Length && (i > MaximumElement || !await input.ReadAsync(cancellationToken)))
            {
                var line = Lines + 1;
                Lines += newLines;
                input.Take(i);
                return new DumpElement(default, line, i > MaximumElement ? $"a member of the array is longer than {MaximumElement} bytes" : "the array ends within a member");
            }

            var b = input.Waiting.Span[i];
            newLines += b == '\n' ? 1 : 0;
            if (isText)
            {
                isText = isEscaped || b != '"';
                isEscaped = !isEscaped && b == '\\';
                continue;
            }

            isText = b == '"';
            depth += b is (byte)'{' or (byte)'[' ? 1 : b is (byte)'}' or (byte)']' ? -1 : 0;
            if (depth == 0)
            {
                var element = new DumpElement(input.Waiting[..(i + 1)], Lines + 1, null);
                Lines += newLines;
                input.Take(i + 1);
                return element;
            }
        }
    }

    private async ValueTask<DumpElement?> DocumentAsync(CancellationToken cancellationToken)
    {
        if (input.Position > 0)
        {
            return null;
        }

        while (input.Waiting.Length <= Export.Formats.DocumentProbe.MaximumBytes && await input.ReadAsync(cancellationToken))
        {
        }

        var bytes = input.Waiting;
        if (bytes.Length > Export.Formats.DocumentProbe.MaximumBytes)
        {
            return await SkipLineAsync(cancellationToken);
        }

        input.Take(bytes.Length);
        Lines = 1;
        return bytes.IsEmpty ? null : new DumpElement(bytes, 1, null);
    }
}
