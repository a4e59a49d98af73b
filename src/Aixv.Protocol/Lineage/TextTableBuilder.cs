using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace Aixv.Protocol.Lineage;

/// <summary>Collects texts; equal ones that are interned share a number.</summary>
internal sealed class TextTableBuilder
{
    private readonly ArrayBufferWriter<byte> utf8 = new();
    private readonly List<int> starts = [0];
    private readonly Dictionary<string, int> known = new(StringComparer.Ordinal);

    internal TextTableBuilder()
    {
    }

    /// <summary>Goes on from a table, whose numbers stay. A text of it that comes again gets another number.</summary>
    internal TextTableBuilder(TextTable table)
    {
        utf8.Write(table.Utf8);
        starts = [.. table.Starts];
    }

    /// <summary>The number of a text that comes more than once; -1 for null.</summary>
    internal int Intern(string? text)
    {
        if (text is null)
        {
            return -1;
        }

        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(known, text, out var exists);
        if (!exists)
        {
            number = Add(text);
        }

        return number;
    }

    /// <summary>The number of a text that comes once.</summary>
    internal int Add(string text)
    {
        Encoding.UTF8.GetBytes(text, utf8);
        starts.Add(utf8.WrittenCount);
        return starts.Count - 2;
    }

    internal TextTable Build() => new([.. starts], utf8.WrittenSpan.ToArray());
}
