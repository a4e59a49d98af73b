using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Aixv.Track.Pages;

/// <summary>HTML that is written piece by piece: what stands in the source is markup, every hole is text and is encoded.</summary>
internal sealed class Html
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);
    private readonly StringBuilder text = new(16 * 1024);

    public Html Add([InterpolatedStringHandlerArgument("")] Markup markup)
    {
        _ = markup;
        return this;
    }

    /// <summary>Another piece, as it is.</summary>
    public Html Add(Html inner)
    {
        text.Append(inner.text);
        return this;
    }

    /// <summary>Text on a line: encoded, and what moves or hides other text is spelled out.</summary>
    public static string Encode(string value) => Encoder.Encode(Visible(value));

    /// <summary>The text with control, direction and zero-width characters and halves of surrogate pairs as <c>⟨U+202E⟩</c>; line breaks are spaces.</summary>
    public static string Visible(string value)
    {
        var first = IndexOfHidden(value, 0);
        if (first < 0)
        {
            return value;
        }

        var visible = new StringBuilder(value.Length + 16).Append(value.AsSpan(0, first));
        for (var i = first; i < value.Length; i++)
        {
            if (value[i] is '\n' or '\r' or '\t')
            {
                visible.Append(' ');
            }
            else if (IsHidden(value, i))
            {
                visible.Append(CultureInfo.InvariantCulture, $"⟨U+{(int)value[i]:X4}⟩");
            }
            else
            {
                visible.Append(value[i]);
            }
        }

        return visible.ToString();
    }

    private static int IndexOfHidden(string value, int from)
    {
        for (var i = from; i < value.Length; i++)
        {
            if (IsHidden(value, i))
            {
                return i;
            }
        }

        return -1;
    }

    private static bool IsHidden(string value, int i) => value[i] switch
    {
        < ' ' or (>= '\u007F' and <= '\u009F') => true,
        '\u00AD' or '\u061C' or '\u180E' or '\uFEFF' => true,
        (>= '\u200B' and <= '\u200F') or (>= '\u2028' and <= '\u202E') or (>= '\u2060' and <= '\u206F') or (>= '\uFFF0' and <= '\uFFFB') => true,
        >= '\uD800' and <= '\uDBFF' => i + 1 >= value.Length || !char.IsLowSurrogate(value[i + 1]),
        >= '\uDC00' and <= '\uDFFF' => i == 0 || !char.IsHighSurrogate(value[i - 1]),
        _ => false,
    };

    public override string ToString() => text.ToString();

    /// <summary>Markup with holes.</summary>
    [InterpolatedStringHandler]
    internal readonly ref struct Markup
    {
        private readonly Html html;

        public Markup(int literalLength, int formattedCount, Html html)
        {
            _ = literalLength + formattedCount;
            this.html = html;
        }

        public void AppendLiteral(string markup) => html.text.Append(markup);

        public void AppendFormatted(string? value) => html.text.Append(value is null ? "" : Encode(value));

        public void AppendFormatted(long value) => html.text.Append(value.ToString("N0", CultureInfo.InvariantCulture));

        public void AppendFormatted(Html inner) => html.text.Append(inner.text);
    }
}
