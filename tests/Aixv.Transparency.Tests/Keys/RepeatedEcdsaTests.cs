using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using Aixv.Transparency.Keys;

namespace Aixv.Transparency.Tests.Keys;

/// <summary>The verification with tables must say what libcrypto's own says, of every signature.</summary>
public sealed class RepeatedEcdsaTests
{
    private static readonly BigInteger Order = BigInteger.Parse(
        "0ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973",
        System.Globalization.NumberStyles.HexNumber,
        System.Globalization.CultureInfo.InvariantCulture);

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP384);

    public RepeatedEcdsaTests() => Assert.SkipUnless(
        RepeatedEcdsa.IsWorthwhile(KeyAlgorithm.EcdsaP384), "this libcrypto computes on P-384 by its own fast code, so tables are not used");

    private static (RepeatedEcdsa Tables, EcKeyHandle Native) Both(ECDsa key)
    {
        var native = EcKeyHandle.FromPoint(715, key.ExportSubjectPublicKeyInfo().AsSpan()[^97..]);
        Assert.NotNull(native);
        var tables = RepeatedEcdsa.TryCreate(native);
        Assert.NotNull(tables);
        return (tables, native);
    }

    /// <summary>What both say.</summary>
    private static bool Agreed((RepeatedEcdsa Tables, EcKeyHandle Native) keys, byte[] digest, byte[] signature)
    {
        var native = LibCrypto.EcdsaVerify(0, digest, digest.Length, signature, signature.Length, keys.Native) == 1;
        LibCrypto.ErrClearError();
        Assert.Equal(native, keys.Tables.Verify(digest, signature));
        return native;
    }

    private static byte[] Encode(BigInteger r, BigInteger s)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(r);
            writer.WriteInteger(s);
        }

        return writer.Encode();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(32)]
    [InlineData(48)]
    [InlineData(64)]
    public void Signatures_over_digests_of_every_length_verify(int digestLength)
    {
        var keys = Both(key);
        for (var i = 0; i < 20; i++)
        {
            var digest = RandomNumberGenerator.GetBytes(digestLength);
            Assert.True(Agreed(keys, digest, key.SignHash(digest, DSASignatureFormat.Rfc3279DerSequence)));
        }
    }

    [Fact]
    public void A_signature_with_any_bit_changed_is_refused()
    {
        var keys = Both(key);
        var digest = RandomNumberGenerator.GetBytes(48);
        var signature = key.SignHash(digest, DSASignatureFormat.Rfc3279DerSequence);
        for (var bit = 0; bit < signature.Length * 8; bit++)
        {
            var changed = signature.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(Agreed(keys, digest, changed));
        }
    }

    [Fact]
    public void Numbers_out_of_range_are_refused()
    {
        var keys = Both(key);
        var digest = RandomNumberGenerator.GetBytes(48);
        BigInteger[] odd = [-1, 0, 1, Order - 1, Order, Order + 1, 2 * Order, BigInteger.One << 384, BigInteger.One << 400];
        Assert.All(odd.SelectMany(r => odd.Select(s => (r, s))), p => Assert.False(Agreed(keys, digest, Encode(p.r, p.s))));
    }

    [Fact]
    public void A_number_that_is_equal_but_for_the_order_is_refused()
    {
        var keys = Both(key);
        var digest = RandomNumberGenerator.GetBytes(48);
        var (r, s) = Split(key.SignHash(digest));
        Assert.True(Agreed(keys, digest, Encode(r, s)));
        Assert.True(Agreed(keys, digest, Encode(r, Order - s)));
        Assert.False(Agreed(keys, digest, Encode(r + Order, s)));
        Assert.False(Agreed(keys, digest, Encode(r, s + Order)));
        Assert.False(Agreed(keys, digest, Encode(r, -s)));
    }

    private static (BigInteger R, BigInteger S) Split(byte[] fixedLength) =>
        (new BigInteger(fixedLength.AsSpan(0, 48), isUnsigned: true, isBigEndian: true), new BigInteger(fixedLength.AsSpan(48), isUnsigned: true, isBigEndian: true));

    [Fact]
    public void Only_the_one_DER_encoding_is_taken()
    {
        var keys = Both(key);
        var digest = RandomNumberGenerator.GetBytes(48);
        var signature = key.SignHash(digest, DSASignatureFormat.Rfc3279DerSequence);
        byte[] body = signature[2..];
        Assert.False(Agreed(keys, digest, [.. signature, 0]));
        Assert.False(Agreed(keys, digest, signature[..^1]));
        Assert.False(Agreed(keys, digest, [0x30, 0x81, (byte)body.Length, .. body]));
        Assert.False(Agreed(keys, digest, [0x30, 0x80, .. body, 0, 0]));
        Assert.False(Agreed(keys, digest, [0x30, (byte)(body.Length + 1), 2, (byte)(body[1] + 1), 0, .. body[2..]]));
        Assert.False(Agreed(keys, digest, [0x31, .. signature[1..]]));
        Assert.False(Agreed(keys, digest, [0x30, 0]));
        Assert.False(keys.Tables.Verify(digest, []));
    }

    [Fact]
    public void Digests_at_the_edges_verify()
    {
        var keys = Both(key);
        byte[][] digests = [new byte[48], [.. Enumerable.Repeat((byte)0xff, 48)], Order.ToByteArray(isUnsigned: true, isBigEndian: true)];
        Assert.All(digests, d => Assert.True(Agreed(keys, d, key.SignHash(d, DSASignatureFormat.Rfc3279DerSequence))));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Keys_whose_point_is_the_generator_or_its_opposite_verify(bool isOpposite)
    {
        var secret = isOpposite ? Order - 1 : BigInteger.One;
        using var edge = Import(secret);
        var keys = Both(edge);
        for (var i = 0; i < 20; i++)
        {
            var digest = RandomNumberGenerator.GetBytes(48);
            var signature = edge.SignHash(digest);
            var (r, s) = Split(signature);
            Assert.True(Agreed(keys, digest, Encode(r, s)));

            // With the digest r both products are equal or opposite: a doubling, or infinity.
            Agreed(keys, signature[..48], Encode(r, s));
        }
    }

    private static ECDsa Import(BigInteger secret)
    {
        var bytes = secret.ToByteArray(isUnsigned: true, isBigEndian: true);
        byte[] d = [.. new byte[48 - bytes.Length], .. bytes];
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            writer.WriteOctetString(d);
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
            {
                writer.WriteObjectIdentifier("1.3.132.0.34");
            }
        }

        var key = ECDsa.Create();
        key.ImportECPrivateKey(writer.Encode(), out _);
        return key;
    }

    [Fact]
    public void A_public_key_changes_to_tables_without_a_change_of_mind()
    {
        var publicKey = PublicKey.FromSpki(key.ExportSubjectPublicKeyInfo());
        for (var i = 0; i < 40; i++)
        {
            var message = RandomNumberGenerator.GetBytes(i);
            var signature = key.SignData(message, HashAlgorithmName.SHA384, DSASignatureFormat.Rfc3279DerSequence);
            Assert.True(publicKey.Verify(message, signature, SignatureScheme.EcdsaSha384));
            Assert.False(publicKey.Verify(message, signature, SignatureScheme.EcdsaSha256));
            Assert.False(publicKey.Verify([.. message, 0], signature, SignatureScheme.EcdsaSha384));
        }
    }

    [Fact]
    public void Many_threads_share_the_tables()
    {
        var publicKey = PublicKey.FromSpki(key.ExportSubjectPublicKeyInfo());
        Parallel.For(0, 200, i =>
        {
            var digest = SHA384.HashData([(byte)i]);
            var signature = key.SignHash(digest, DSASignatureFormat.Rfc3279DerSequence);
            Assert.True(publicKey.VerifyDigest(digest, signature, SignatureScheme.EcdsaSha384));
            digest[0] ^= 1;
            Assert.False(publicKey.VerifyDigest(digest, signature, SignatureScheme.EcdsaSha384));
        });
    }
}
