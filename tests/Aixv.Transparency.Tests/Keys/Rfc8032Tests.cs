using Aixv.Transparency.Keys;

namespace Aixv.Transparency.Tests.Keys;

/// <summary>RFC 8032 §7.1, from testdata/vectors/keys/ed25519.txt.</summary>
public sealed class Rfc8032Tests
{
    /// <summary>Seed, public key, message and signature, one test a line.</summary>
    public static TheoryData<string, string, string, string> Vectors
    {
        get
        {
            var data = new TheoryData<string, string, string, string>();
            foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "vectors", "ed25519.txt")))
            {
                if (line.Split(' ') is [{ Length: 64 } seed, var key, var message, var signature])
                {
                    data.Add(seed, key, message == "-" ? "" : message, signature);
                }
            }

            return data;
        }
    }

    private static readonly byte[] Pkcs8Prefix = Convert.FromHexString("302e020100300506032b657004220420");

    [Theory, MemberData(nameof(Vectors))]
    public void Signatures_are_the_published_ones_and_changed_ones_fail(string seed, string key, string message, string signature)
    {
        using var signing = SigningKey.FromPkcs8((byte[])[.. Pkcs8Prefix, .. Convert.FromHexString(seed)]);
        var text = Convert.FromHexString(message);
        var expected = Convert.FromHexString(signature);
        Assert.Equal(PublicKey.FromEd25519(Convert.FromHexString(key)), signing.PublicKey);
        Assert.Equal(expected, signing.Sign(text));
        Assert.True(signing.PublicKey.Verify(text, expected, SignatureScheme.Ed25519));
        Assert.False(signing.PublicKey.Verify((byte[])[.. text, 0], expected, SignatureScheme.Ed25519));
        for (var i = 0; i < expected.Length; i++)
        {
            expected[i] ^= 1;
            Assert.False(signing.PublicKey.Verify(text, expected, SignatureScheme.Ed25519));
            expected[i] ^= 1;
        }
    }

    [Fact]
    public void The_file_holds_the_vectors() => Assert.Equal(4, Vectors.Count);

    /// <summary>S is below the group's order (§5.1.7): the same signature with the order added is another spelling, and refused.</summary>
    [Fact]
    public void A_signature_with_a_scalar_past_the_order_is_refused()
    {
        using var key = SigningKey.Generate(KeyAlgorithm.Ed25519);
        var signature = key.Sign("text"u8);
        var order = Convert.FromHexString("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
        var carry = 0;
        for (var i = 0; i < order.Length; i++)
        {
            carry += signature[32 + i] + order[i];
            signature[32 + i] = (byte)(carry & 0xff);
            carry >>= 8;
        }

        Assert.Equal(0, carry);
        Assert.False(key.PublicKey.Verify("text"u8, signature, SignatureScheme.Ed25519));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(65)]
    public void Signatures_of_another_length_are_refused(int length)
    {
        using var key = SigningKey.Generate(KeyAlgorithm.Ed25519);
        Assert.False(key.PublicKey.Verify("text"u8, new byte[length], SignatureScheme.Ed25519));
    }

    [Theory]
    [InlineData(31)]
    [InlineData(33)]
    public void Keys_of_another_length_are_refused(int length)
    {
        var refusal = Assert.Throws<FormatException>(() => PublicKey.FromEd25519(new byte[length]));
        Assert.Contains("public key", refusal.Message, StringComparison.Ordinal);
    }
}
