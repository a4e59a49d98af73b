using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Aixv.Protocol.Lineage;

/// <summary>Gives keys of 32 bytes numbers, in the order in which they come.</summary>
/// <remarks>Keys come from strangers' records, so places are taken by a product with a secret odd number, not by the key's own bits.</remarks>
internal sealed class NodeInterner
{
    private readonly ulong[] secret = MemoryMarshal.Cast<byte, ulong>(RandomNumberGenerator.GetBytes(32)).ToArray();
    private byte[] keys;
    private int[] slots;
    private int count;

    internal NodeInterner(int capacity)
    {
        keys = new byte[Math.Max(16, capacity) * NodeTable.KeyLength];
        slots = NewSlots(Math.Max(16, capacity));
    }

    internal NodeInterner(NodeTable nodes)
        : this(nodes.Count + (nodes.Count / 8))
    {
        nodes.Keys.CopyTo(keys, 0);
        count = nodes.Count;
        Rehash();
    }

    internal int Count => count;

    internal byte[] ToKeys() => keys.AsSpan(0, count * NodeTable.KeyLength).ToArray();

    /// <summary>The number of <paramref name="key"/>, a new one when it comes for the first time.</summary>
    internal int Number(ReadOnlySpan<byte> key)
    {
        var mask = slots.Length - 1;
        var place = Place(key) & mask;
        while (slots[place] is var number and >= 0)
        {
            if (key.SequenceEqual(keys.AsSpan(number * NodeTable.KeyLength, NodeTable.KeyLength)))
            {
                return number;
            }

            place = (place + 1) & mask;
        }

        if ((count + 1L) * NodeTable.KeyLength > keys.Length)
        {
            Array.Resize(ref keys, (int)Math.Min(Array.MaxLength / NodeTable.KeyLength * NodeTable.KeyLength, keys.LongLength * 2));
        }

        key.CopyTo(keys.AsSpan(count * NodeTable.KeyLength));
        slots[place] = count++;
        if (count > slots.Length / 2)
        {
            slots = NewSlots(count);
            Rehash();
        }

        return count - 1;
    }

    private static int[] NewSlots(int capacity)
    {
        var slots = new int[(int)BitOperations.RoundUpToPowerOf2((uint)capacity * 2 + 1) * 2];
        slots.AsSpan().Fill(-1);
        return slots;
    }

    private void Rehash()
    {
        var mask = slots.Length - 1;
        for (var number = 0; number < count; number++)
        {
            var place = Place(keys.AsSpan(number * NodeTable.KeyLength, NodeTable.KeyLength)) & mask;
            while (slots[place] >= 0)
            {
                place = (place + 1) & mask;
            }

            slots[place] = number;
        }
    }

    private int Place(ReadOnlySpan<byte> key)
    {
        unchecked
        {
            var words = MemoryMarshal.Cast<byte, ulong>(key);
            var mixed = ((words[0] ^ secret[0]) * (secret[1] | 1)) + ((words[1] ^ words[2] ^ secret[2]) * (secret[3] | 1)) + words[3];
            return (int)((mixed * 0x9E3779B97F4A7C15) >> 33);
        }
    }
}
