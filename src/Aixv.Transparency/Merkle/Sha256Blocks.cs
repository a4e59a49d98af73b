using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Aixv.Transparency.Keys;

namespace Aixv.Transparency.Merkle;

/// <summary>SHA-256 of leaves and nodes. A node takes two blocks, less than .NET's call around them, so libcrypto is called for the blocks.</summary>
internal static partial class Sha256Blocks
{
    private const string Library = "libcrypto";
    private const int BlockBytes = 64;
    private const byte NodePrefix = 1;

    /// <summary>Whether libcrypto has its functions for parts of a hash; else .NET's are used, with the same result.</summary>
    internal static bool IsDirect { get; } = BitConverter.IsLittleEndian && LibCrypto.Has("SHA256_Init", "SHA256_Update", "SHA256_Final", "SHA256_Transform");

    /// <summary>SHA-256 of <paramref name="input"/>.</summary>
    internal static MerkleHash Hash(ReadOnlySpan<byte> input)
    {
        MerkleHash hash = default;
        var output = MemoryMarshal.AsBytes(new Span<MerkleHash>(ref hash));
        if (IsDirect)
        {
            var state = default(State);
            Init(ref state);
            _ = Update(ref state, input, (nuint)input.Length);
            _ = Final(output, ref state);
        }
        else
        {
            SHA256.HashData(input, output);
        }

        return hash;
    }

    /// <summary>SHA-256(0x01 | left | right): 65 bytes, the bit 1, zeros and the length in bits fill two blocks (FIPS 180-4 §5.1.1).</summary>
    internal static MerkleHash HashNode(in MerkleHash left, in MerkleHash right)
    {
        Span<byte> blocks = stackalloc byte[2 * BlockBytes];
        blocks.Clear();
        blocks[0] = NodePrefix;
        left.Span.CopyTo(blocks[1..]);
        right.Span.CopyTo(blocks[(1 + MerkleHash.Length)..]);
        const int Length = 1 + 2 * MerkleHash.Length;
        if (!IsDirect)
        {
            return Hash(blocks[..Length]);
        }

        blocks[Length] = 0x80;
        BinaryPrimitives.WriteUInt16BigEndian(blocks[^sizeof(ushort)..], Length * 8);
        var state = default(State);
        Init(ref state);
        Transform(ref state, in blocks[0]);
        Transform(ref state, in blocks[BlockBytes]);
        var words = MemoryMarshal.Cast<State, uint>(new Span<State>(ref state))[..(MerkleHash.Length / sizeof(uint))];
        BinaryPrimitives.ReverseEndianness(words, words);
        return MerkleHash.FromBytes(MemoryMarshal.AsBytes(words));
    }

    /// <summary>SHA256_CTX: eight words of state, then a length, a block and two numbers; 112 bytes.</summary>
    [InlineArray(16)]
    private struct State
    {
        private ulong first;
    }

    // The collector need not know of calls as short as these.
    [LibraryImport(Library, EntryPoint = "SHA256_Init"), SuppressGCTransition]
    private static partial int Init(ref State state);

    [LibraryImport(Library, EntryPoint = "SHA256_Transform"), SuppressGCTransition]
    private static partial void Transform(ref State state, in byte block);

    [LibraryImport(Library, EntryPoint = "SHA256_Update")]
    private static partial int Update(ref State state, ReadOnlySpan<byte> data, nuint length);

    [LibraryImport(Library, EntryPoint = "SHA256_Final"), SuppressGCTransition]
    private static partial int Final(Span<byte> hash, ref State state);
}
