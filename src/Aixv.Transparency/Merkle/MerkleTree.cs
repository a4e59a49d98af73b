using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Aixv.Transparency.Merkle;

/// <summary>The hashes of RFC 6962 §2.1 (the same in RFC 9162 §2.1.1) with SHA-256.</summary>
public static class MerkleTree
{
    internal const byte LeafPrefix = 0;
    private const byte NodePrefix = 1;
    private const int StackLimit = 1024;

    /// <summary>The root of the tree without leaves: SHA-256 of nothing.</summary>
    public static MerkleHash EmptyRoot { get; } = MerkleHash.FromBytes(SHA256.HashData([]));

    /// <summary>SHA-256(0x00 | leaf).</summary>
    public static MerkleHash HashLeaf(ReadOnlySpan<byte> leaf)
    {
        var length = checked(leaf.Length + 1);
        var rented = length > StackLimit ? ArrayPool<byte>.Shared.Rent(length) : null;
        var input = rented is null ? stackalloc byte[StackLimit] : rented;
        input[0] = LeafPrefix;
        leaf.CopyTo(input[1..]);
        var hash = HashPrefixedLeaf(input[..length]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return hash;
    }

    /// <summary>As <see cref="HashLeaf"/>, of a leaf that already has <see cref="LeafPrefix"/> before it.</summary>
    internal static MerkleHash HashPrefixedLeaf(ReadOnlySpan<byte> prefixed)
    {
        MerkleHash hash = default;
        SHA256.HashData(prefixed, MemoryMarshal.AsBytes(new Span<MerkleHash>(ref hash)));
        return hash;
    }

    /// <summary>SHA-256(0x01 | left | right).</summary>
    public static MerkleHash HashChildren(in MerkleHash left, in MerkleHash right)
    {
        Span<byte> input = stackalloc byte[1 + 2 * MerkleHash.Length];
        input[0] = NodePrefix;
        left.Span.CopyTo(input[1..]);
        right.Span.CopyTo(input[(1 + MerkleHash.Length)..]);
        MerkleHash hash = default;
        SHA256.HashData(input, MemoryMarshal.AsBytes(new Span<MerkleHash>(ref hash)));
        return hash;
    }
}
