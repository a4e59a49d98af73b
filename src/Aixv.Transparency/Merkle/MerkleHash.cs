using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Aixv.Transparency.Merkle;

/// <summary>The SHA-256 hash of a leaf or node of a Merkle tree: 32 bytes.</summary>
/// <remarks>A struct, for trees hold millions of them. The default value is 32 zero bytes, which no known input hashes to.</remarks>
public readonly struct MerkleHash : IEquatable<MerkleHash>
{
    /// <summary>The length of every hash, in bytes.</summary>
    public const int Length = 32;

    private readonly Words words;

    private MerkleHash(Words words) => this.words = words;

    /// <exception cref="FormatException">Not 32 bytes.</exception>
    public static MerkleHash FromBytes(ReadOnlySpan<byte> bytes) => bytes.Length == Length
        ? new MerkleHash(MemoryMarshal.Read<Words>(bytes))
        : throw new FormatException($"Merkle hash: {bytes.Length} bytes, expected {Length}");

    /// <summary>The 32 bytes, in the order the hash function gives them.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> Span => MemoryMarshal.AsBytes(new ReadOnlySpan<Words>(in words));

    public byte[] ToArray() => Span.ToArray();

    public bool Equals(MerkleHash other) => Span.SequenceEqual(other.Span);

    public override bool Equals(object? obj) => obj is MerkleHash other && Equals(other);

    /// <summary>The first bytes of the hash: they are spread evenly already.</summary>
    public override int GetHashCode() => MemoryMarshal.Read<int>(Span);

    /// <summary>64 lower-case hex digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(Span);

    public static bool operator ==(MerkleHash left, MerkleHash right) => left.Equals(right);

    public static bool operator !=(MerkleHash left, MerkleHash right) => !left.Equals(right);

    [InlineArray(Length / sizeof(ulong))]
    private struct Words
    {
        private ulong first;
    }
}
