using System.Security.Cryptography;
using Aixv.Transparency.Merkle;

namespace Aixv.Transparency.Tests.Merkle;

public sealed class Sha256BlocksTests
{
    [Fact]
    public void Inputs_of_every_length_have_the_hash_that_the_platform_gives()
    {
        var input = RandomNumberGenerator.GetBytes(1500);
        for (var length = 0; length <= input.Length; length++)
        {
            Assert.Equal(SHA256.HashData(input.AsSpan(0, length)), Sha256Blocks.Hash(input.AsSpan(0, length)).ToArray());
        }
    }

    [Fact]
    public void Nodes_have_the_hash_that_the_platform_gives()
    {
        for (var i = 0; i < 500; i++)
        {
            var bytes = RandomNumberGenerator.GetBytes(64);
            var node = Sha256Blocks.HashNode(MerkleHash.FromBytes(bytes.AsSpan(0, 32)), MerkleHash.FromBytes(bytes.AsSpan(32)));
            Assert.Equal(SHA256.HashData([1, .. bytes]), node.ToArray());
        }
    }
}
