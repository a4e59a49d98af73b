using System.Formats.Asn1;
using System.Security.Cryptography;
using Aixv.Transparency.Keys;

namespace Aixv.Transparency.Tests.Keys;

public sealed class PublicKeyTests
{
    public static TheoryData<KeyAlgorithm> Algorithms => new(Enum.GetValues<KeyAlgorithm>());

    [Theory, MemberData(nameof(Algorithms))]
    public void Spki_and_pem_are_read_and_printed(KeyAlgorithm algorithm)
    {
        using var signing = SigningKey.Generate(algorithm);
        var key = signing.PublicKey;
        Assert.Equal(algorithm, key.Algorithm);
        Assert.Equal(key, PublicKey.FromSpki(key.Spki));
        Assert.Equal(key, PublicKey.FromPem(key.ToPem()));
        Assert.Equal(key.GetHashCode(), PublicKey.FromPem(key.ToPem()).GetHashCode());
        Assert.Equal(SHA256.HashData(key.Spki.Span), key.SpkiSha256());
    }

    [Theory, MemberData(nameof(Algorithms))]
    public void Der_is_strict(KeyAlgorithm algorithm)
    {
        using var signing = SigningKey.Generate(algorithm);
        var der = signing.PublicKey.Spki.ToArray();
        Assert.Throws<FormatException>(() => PublicKey.FromSpki((byte[])[.. der, 0]));
        Assert.Throws<FormatException>(() => PublicKey.FromSpki(der.AsMemory(0, der.Length - 1)));
        Assert.Throws<FormatException>(() => PublicKey.FromSpki(LongLength(der)));
        Assert.Throws<FormatException>(() => PublicKey.FromSpki(Array.Empty<byte>()));
        Assert.Throws<FormatException>(() => PublicKey.FromSpki(new byte[17 * 1024]));
    }

    /// <summary>The same value with its outer length spelt in one byte more than needed: BER, not DER.</summary>
    private static byte[] LongLength(byte[] der) => der[1] switch
    {
        < 0x80 => [der[0], 0x81, .. der[1..]],
        0x81 => [der[0], 0x82, 0, .. der[2..]],
        _ => [der[0], 0x83, 0, .. der[2..]],
    };

    [Theory]
    [InlineData("1.3.132.0.10")] // secp256k1
    [InlineData("1.2.840.10045.3.1.1")] // P-192
    [InlineData("1.3.36.3.3.2.8.1.1.7")] // brainpoolP256r1
    public void Other_curves_are_refused(string curve)
    {
        var refusal = Assert.Throws<FormatException>(() => PublicKey.FromSpki(EcSpki(w => w.WriteObjectIdentifier(curve), Point())));
        Assert.Contains($"curve {curve} is not supported", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Explicit_curve_parameters_are_refused()
    {
        var parameters = EcSpki(
            w =>
            {
                using (w.PushSequence())
                {
                    w.WriteInteger(1);
                }
            },
            Point());
        Assert.Contains("explicit", Assert.Throws<FormatException>(() => PublicKey.FromSpki(parameters)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Points_off_the_curve_are_refused()
    {
        var point = Point();
        Assert.Equal(KeyAlgorithm.EcdsaP256, PublicKey.FromSpki(P256Spki(point)).Algorithm);
        point[^1] ^= 1;
        Assert.Contains("not on", Assert.Throws<FormatException>(() => PublicKey.FromSpki(P256Spki(point))).Message, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => PublicKey.FromSpki(P256Spki([4, .. new byte[64]])));
    }

    [Fact]
    public void Points_in_other_forms_are_refused()
    {
        var point = Point();
        byte[] compressed = [(byte)(2 + (point[^1] & 1)), .. point[1..33]];
        byte[] hybrid = [(byte)(6 + (point[^1] & 1)), .. point[1..]];
        foreach (var other in new byte[][] { [], [0], compressed, hybrid, [.. point, 0], point[..^1] })
        {
            Assert.Contains("uncompressed", Assert.Throws<FormatException>(() => PublicKey.FromSpki(P256Spki(other))).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_point_of_another_curve_is_refused()
    {
        using var p384 = SigningKey.Generate(KeyAlgorithm.EcdsaP384);
        Assert.Throws<FormatException>(() => PublicKey.FromSpki(P256Spki(p384.PublicKey.Spki.Span[^97..].ToArray())));
    }

    private static byte[] Point()
    {
        using var key = SigningKey.Generate(KeyAlgorithm.EcdsaP256);
        return key.PublicKey.Spki.Span[^65..].ToArray();
    }

    private static byte[] P256Spki(byte[] point) => EcSpki(w => w.WriteObjectIdentifier("1.2.840.10045.3.1.7"), point);

    private static byte[] EcSpki(Action<AsnWriter> parameters, byte[] point)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier("1.2.840.10045.2.1");
                parameters(writer);
            }

            writer.WriteBitString(point);
        }

        return writer.Encode();
    }

    [Theory]
    [InlineData(1024)]
    [InlineData(2040)]
    public void Rsa_keys_below_2048_bits_are_refused(int bits)
    {
        using var rsa = RSA.Create(bits);
        var refusal = Assert.Throws<FormatException>(() => PublicKey.FromSpki(rsa.ExportSubjectPublicKeyInfo()));
        Assert.Contains("2048", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => PublicKey.FromRsaPkcs1(rsa.ExportRSAPublicKey()));
    }

    [Fact]
    public void Rsa_keys_are_read_in_the_bare_form_too()
    {
        using var rsa = RSA.Create(2048);
        var key = PublicKey.FromRsaPkcs1(rsa.ExportRSAPublicKey());
        Assert.Equal(PublicKey.FromSpki(rsa.ExportSubjectPublicKeyInfo()), key);
        Assert.Equal(key, PublicKey.FromPem(rsa.ExportRSAPublicKeyPem()));
        Assert.Throws<FormatException>(() => PublicKey.FromRsaPkcs1((byte[])[.. rsa.ExportRSAPublicKey(), 0]));
        Assert.Throws<FormatException>(() => PublicKey.FromRsaPkcs1(rsa.ExportSubjectPublicKeyInfo()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no pem")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----")]
    public void Other_pem_is_refused(string pem) => Assert.Throws<FormatException>(() => PublicKey.FromPem(pem));

    /// <summary>X25519 has the same length and nearly the same identifier as Ed25519.</summary>
    [Fact]
    public void Other_algorithms_are_refused()
    {
        var x25519 = Convert.FromHexString("302a300506032b656e032100" + new string('a', 64));
        Assert.Contains("1.3.101.110", Assert.Throws<FormatException>(() => PublicKey.FromSpki(x25519)).Message, StringComparison.Ordinal);
    }
}
