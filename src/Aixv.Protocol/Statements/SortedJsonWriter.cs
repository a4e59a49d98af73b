using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace Aixv.Protocol.Statements;

/// <summary>Writes <see cref="SortedJson"/>. Not for concurrent use.</summary>
internal sealed class SortedJsonWriter : IDisposable
{
    private const int FewMembers = 32;
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly SearchValues<char> Escaped = SearchValues.Create([.. Enumerable.Range(0, ' ').Select(unit => (char)unit), '"', '\\']);

    private byte[] buffer = ArrayPool<byte>.Shared.Rent(4096);
    private int length;

    internal byte[] ToBytes() => buffer.AsSpan(0, length).ToArray();

    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);

    /// <exception cref="EncoderFallbackException">A string holds a lone surrogate.</exception>
    internal void Write(JsonNode? value)
    {
        switch (value)
        {
            case JsonObject members:
                WriteObject(members);
                break;
            case JsonArray items:
                WriteArray(items);
                break;
            case null:
                Append("null"u8);
                break;
            default:
                WriteScalar(value.AsValue());
                break;
        }
    }

    private void WriteObject(JsonObject members)
    {
        var pool = ArrayPool<KeyValuePair<string, JsonNode?>>.Shared;
        var rented = pool.Rent(members.Count);
        try
        {
            ((ICollection<KeyValuePair<string, JsonNode?>>)members).CopyTo(rented, 0);
            var order = members.Count <= FewMembers ? stackalloc int[members.Count] : new int[members.Count];
            Sort(rented, order);
            Append((byte)'{');
            for (var i = 0; i < order.Length; i++)
            {
                if (i > 0)
                {
                    Append((byte)',');
                }

                ref var member = ref rented[order[i]];
                WriteText(member.Key);
                Append((byte)':');
                Write(member.Value);
            }

            Append((byte)'}');
        }
        finally
        {
            pool.Return(rented, clearArray: true);
        }
    }

    /// <summary>Finds the order in which members are written. Few are inserted one by one: most of them come in order.</summary>
    private static void Sort(KeyValuePair<string, JsonNode?>[] members, Span<int> order)
    {
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        if (order.Length > FewMembers)
        {
            order.Sort((a, b) => Compare(members[a].Key, members[b].Key));
            return;
        }

        for (var i = 1; i < order.Length; i++)
        {
            var place = i;
            for (; place > 0 && Compare(members[order[place - 1]].Key, members[i].Key) > 0; place--)
            {
                order[place] = order[place - 1];
            }

            order[place] = i;
        }
    }

    private void WriteArray(JsonArray items)
    {
        Append((byte)'[');
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0)
            {
                Append((byte)',');
            }

            Write(items[i]);
        }

        Append((byte)']');
    }

    private void WriteScalar(JsonValue value)
    {
        var read = value.TryGetValue<JsonElement>(out var element);
        if (value.GetValueKind() != JsonValueKind.String)
        {
            if (read)
            {
                Append(JsonMarshal.GetRawUtf8Value(element));
            }
            else
            {
                Append(SortedJson.Scalar(value));
            }
        }
        else if (read && JsonMarshal.GetRawUtf8Value(element) is var raw && !raw.Contains((byte)'\\') && Utf8.IsValid(raw))
        {
            // A text in which nothing is escaped is written as it was read: what must be escaped could not stand in it.
            Append(raw);
        }
        else
        {
            WriteText(value.GetValue<string>());
        }
    }

    private void WriteText(ReadOnlySpan<char> text)
    {
        Append((byte)'"');
        for (int plain; (plain = text.IndexOfAny(Escaped)) >= 0; text = text[(plain + 1)..])
        {
            Append(text[..plain]);
            WriteEscaped(text[plain]);
        }

        Append(text);
        Append((byte)'"');
    }

    private void WriteEscaped(char unit)
    {
        switch (unit)
        {
            case '"':
                Append("\\\""u8);
                break;
            case '\\':
                Append("\\\\"u8);
                break;
            case '\n':
                Append("\\n"u8);
                break;
            case '\r':
                Append("\\r"u8);
                break;
            case '\t':
                Append("\\t"u8);
                break;
            default:
                Append(string.Create(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}"));
                break;
        }
    }

    private void Append(byte value)
    {
        Reserve(1);
        buffer[length++] = value;
    }

    private void Append(ReadOnlySpan<byte> utf8)
    {
        Reserve(utf8.Length);
        utf8.CopyTo(buffer.AsSpan(length));
        length += utf8.Length;
    }

    private void Append(ReadOnlySpan<char> text)
    {
        Reserve(text.Length <= 1024 ? StrictUtf8.GetMaxByteCount(text.Length) : StrictUtf8.GetByteCount(text));
        length += StrictUtf8.GetBytes(text, buffer.AsSpan(length));
    }

    private void Reserve(int more)
    {
        if (buffer.Length - length < more)
        {
            var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Array.MaxLength, Math.Max(length + (long)more, buffer.Length * 2L)));
            buffer.AsSpan(0, length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }
    }

    private static int Compare(string a, string b)
    {
        if (a.Length > 0 && b.Length > 0 && a[0] != b[0])
        {
            return CodePointOrder(a[0]) - CodePointOrder(b[0]);
        }

        var same = a.AsSpan().CommonPrefixLength(b);
        return same == a.Length || same == b.Length ? a.Length - b.Length : CodePointOrder(a[same]) - CodePointOrder(b[same]);
    }

    /// <summary>Surrogates, of which every character beyond U+FFFF has two, come after all others.</summary>
    private static int CodePointOrder(char unit) => char.IsSurrogate(unit) ? unit + 0x10000 : unit;
}
