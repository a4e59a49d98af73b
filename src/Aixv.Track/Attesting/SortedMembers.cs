using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Aixv.Protocol.Statements;

namespace Aixv.Track.Attesting;

/// <summary>One object of <see cref="SortedJson"/>, the same bytes, without a tree of nodes before it: members are written as they come, and sorted at the end.</summary>
/// <remarks>Names are ASCII and have nothing to be escaped: they are this program's own. Of two with one name the later stands.</remarks>
internal sealed class SortedMembers
{
    private static readonly SearchValues<char> Unescaped = SearchValues.Create([.. Enumerable.Range(' ', 95).Select(unit => (char)unit).Where(unit => unit is not ('"' or '\\'))]);
    private readonly ArrayBufferWriter<byte> values = new(1536);
    private readonly List<(string Name, int Start, int Length)> members = new(32);

    /// <summary>A text, or null.</summary>
    public SortedMembers Text(string name, string? value)
    {
        var start = values.WrittenCount;
        if (value is null)
        {
            values.Write("null"u8);
        }
        else if (value.AsSpan().ContainsAnyExcept(Unescaped))
        {
            values.Write(SortedJson.Serialize(JsonValue.Create(value)));
        }
        else
        {
            var span = values.GetSpan(value.Length + 2);
            span[0] = (byte)'"';
            Encoding.ASCII.GetBytes(value, span[1..]);
            span[value.Length + 1] = (byte)'"';
            values.Advance(value.Length + 2);
        }

        return Add(name, start);
    }

    public SortedMembers Number(string name, long value)
    {
        var start = values.WrittenCount;
        _ = value.TryFormat(values.GetSpan(20), out var written, provider: CultureInfo.InvariantCulture);
        values.Advance(written);
        return Add(name, start);
    }

    /// <summary>A value that is written already.</summary>
    public SortedMembers Raw(string name, ReadOnlySpan<byte> json)
    {
        var start = values.WrittenCount;
        values.Write(json);
        return Add(name, start);
    }

    private SortedMembers Add(string name, int start)
    {
        var member = (name, start, values.WrittenCount - start);
        var place = members.Count;
        while (place > 0 && string.CompareOrdinal(members[place - 1].Name, name) > 0)
        {
            place--;
        }

        if (place > 0 && members[place - 1].Name == name)
        {
            members[place - 1] = member;
        }
        else
        {
            members.Insert(place, member);
        }

        return this;
    }

    public byte[] ToBytes()
    {
        var length = 2 + Math.Max(0, members.Count - 1);
        foreach (var (name, _, size) in members)
        {
            length += name.Length + 3 + size;
        }

        var bytes = new byte[length];
        var rest = bytes.AsSpan();
        rest[0] = (byte)'{';
        rest = rest[1..];
        for (var i = 0; i < members.Count; i++)
        {
            var (name, start, size) = members[i];
            if (i > 0)
            {
                rest[0] = (byte)',';
                rest = rest[1..];
            }

            rest[0] = (byte)'"';
            Encoding.ASCII.GetBytes(name, rest[1..]);
            rest[name.Length + 1] = (byte)'"';
            rest[name.Length + 2] = (byte)':';
            values.WrittenSpan.Slice(start, size).CopyTo(rest[(name.Length + 3)..]);
            rest = rest[(name.Length + 3 + size)..];
        }

        rest[0] = (byte)'}';
        return bytes;
    }
}
