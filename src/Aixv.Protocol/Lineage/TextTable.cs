using System.Text;

namespace Aixv.Protocol.Lineage;

/// <summary>Texts by number, in one run of UTF-8.</summary>
internal sealed record TextTable(int[] Starts, byte[] Utf8)
{
    internal static TextTable Empty { get; } = new([0], []);

    internal int Count => Starts.Length - 1;

    internal ReadOnlySpan<byte> Bytes(int number) => Utf8.AsSpan(Starts[number], Starts[number + 1] - Starts[number]);

    /// <summary>The text, or null for a negative number.</summary>
    internal string? Find(int number) => number < 0 ? null : Encoding.UTF8.GetString(Bytes(number));
}
