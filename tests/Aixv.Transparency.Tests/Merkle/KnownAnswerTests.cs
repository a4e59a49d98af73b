using Aixv.Transparency.Merkle;

namespace Aixv.Transparency.Tests.Merkle;

/// <summary>The eight-leaf tree of testdata/vectors/merkle.</summary>
public sealed class KnownAnswerTests
{
    private static readonly string[][] Lines =
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "vectors", "tree.txt")).Select(line => line.Split(' '))];

    private static readonly MerkleHash[] Leaves =
        [.. Of("leaf").Select(line => MerkleTree.HashLeaf(Convert.FromHexString(line[1] == "-" ? "" : line[1])))];

    private static readonly MerkleHash[] Roots = [.. Of("root").Select(line => Hash(line[2]))];

    private static IEnumerable<string[]> Of(string kind) => Lines.Where(line => line[0] == kind);

    private static MerkleHash Hash(string hex) => MerkleHash.FromBytes(Convert.FromHexString(hex));

    [Fact]
    public void Roots_are_the_published_ones()
    {
        Assert.Equal(9, Roots.Length);
        Assert.Equal(Roots[0], MerkleTree.EmptyRoot);
        for (var size = 0; size < Roots.Length; size++)
        {
            Assert.Equal(Roots[size], NaiveTree.Root(Leaves.AsSpan(0, size)));
        }
    }

    /// <summary>Kind, the two numbers, and the hashes.</summary>
    public static TheoryData<string, int, int, string> Proofs => new(
        Lines.Where(line => line[0] is "inclusion" or "consistency").Select(line =>
            (line[0], int.Parse(line[1], null), int.Parse(line[2], null), string.Join(' ', line[3..]))));

    [Theory, MemberData(nameof(Proofs))]
    public void Published_proofs_verify_and_are_the_ones_we_make(string kind, int first, int size, string hashes)
    {
        MerkleHash[] expected = [.. hashes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Hash)];
        if (kind == "inclusion")
        {
            Assert.True(new InclusionProof((ulong)first, (ulong)size, [.. expected]).Verify(Leaves[first], Roots[size]));
            Assert.Equal(expected, NaiveTree.Path(first, Leaves.AsSpan(0, size)));
        }
        else
        {
            Assert.True(new ConsistencyProof((ulong)first, (ulong)size, [.. expected]).Verify(Roots[first], Roots[size]));
            Assert.Equal(expected, NaiveTree.Consistency(first, Leaves.AsSpan(0, size)));
        }
    }
}
