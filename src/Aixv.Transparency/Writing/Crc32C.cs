using System.Numerics;
using System.Runtime.InteropServices;

namespace Aixv.Transparency.Writing;

/// <summary>CRC-32C (RFC 3720 §B.4), by the processor's instruction where it has one.</summary>
internal static class Crc32C
{
    /// <summary>The checksum of bytes after others whose checksum is <paramref name="crc"/>; 0 for none.</summary>
    internal static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        crc = ~crc;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
        {
            crc = BitOperations.Crc32C(crc, word);
        }

        foreach (var b in bytes[(bytes.Length / sizeof(ulong) * sizeof(ulong))..])
        {
            crc = BitOperations.Crc32C(crc, b);
        }

        return ~crc;
    }
}
