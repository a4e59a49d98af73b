using System.Security.Cryptography;
using Aixv.Transparency.Keys;

namespace Aixv.Transparency.Tests.Keys;

public sealed class SigningKeyTests
{
    private static readonly byte[] Message = "message"u8.ToArray();

    public static TheoryData<KeyAlgorithm, SignatureScheme> Schemes
    {
        get
        {
            var data = new TheoryData<KeyAlgorithm, SignatureScheme>();
            foreach (var scheme in Enum.GetValues<SignatureScheme>())
            {
                foreach (var algorithm in Enum.GetValues<KeyAlgorithm>())
                {
                    data.Add(algorithm, scheme);
                }
            }

            return data;
        }
    }

    private static bool Fits(KeyAlgorithm algorithm, SignatureScheme scheme) => scheme switch
    {
        SignatureScheme.None => false,
        SignatureScheme.EcdsaSha256 or SignatureScheme.EcdsaSha384 or SignatureScheme.EcdsaSha512 =>
            algorithm is KeyAlgorithm.EcdsaP256 or KeyAlgorithm.EcdsaP384 or KeyAlgorithm.EcdsaP521,
        SignatureScheme.Ed25519 => algorithm == KeyAlgorithm.Ed25519,
        SignatureScheme.RsaPkcs1Sha256 or SignatureScheme.RsaPkcs1Sha384 or SignatureScheme.RsaPkcs1Sha512
            or SignatureScheme.RsaPssSha256 or SignatureScheme.RsaPssSha384 or SignatureScheme.RsaPssSha512 => algorithm == KeyAlgorithm.Rsa,
    };

    [Theory, MemberData(nameof(Schemes))]
    public void A_key_signs_and_verifies_by_its_own_schemes_only(KeyAlgorithm algorithm, SignatureScheme scheme)
    {
        using var key = Key(algorithm);
        if (!Fits(algorithm, scheme))
        {
            Assert.Throws<ArgumentException>(() => key.Sign(Message, scheme));
            Assert.False(key.PublicKey.Verify(Message, key.Sign(Message), scheme));
            return;
        }

        var signature = key.Sign(Message, scheme);
        Assert.True(key.PublicKey.Verify(Message, signature, scheme));
        Assert.False(key.PublicKey.Verify([], signature, scheme));
        signature[^1] ^= 1;
        Assert.False(key.PublicKey.Verify(Message, signature, scheme));
        Assert.False(key.PublicKey.Verify(Message, [], scheme));
        using var other = Key(algorithm, 1);
        Assert.False(other.PublicKey.Verify(Message, key.Sign(Message, scheme), scheme));
    }

    /// <summary>RSA keys take long to make, so two are shared.</summary>
    private static readonly string[] RsaKeys = [MakeRsa(), MakeRsa()];

    private static string MakeRsa()
    {
        using var rsa = RSA.Create(2048);
        return rsa.ExportPkcs8PrivateKeyPem();
    }

    private static SigningKey Key(KeyAlgorithm algorithm, int which = 0) =>
        algorithm == KeyAlgorithm.Rsa ? SigningKey.FromPem(RsaKeys[which]) : SigningKey.Generate(algorithm);

    [Theory, MemberData(nameof(PublicKeyTests.Algorithms), MemberType = typeof(PublicKeyTests))]
    public void Pem_and_pkcs8_are_read_and_printed(KeyAlgorithm algorithm)
    {
        using var key = SigningKey.Generate(algorithm);
        using var fromPem = SigningKey.FromPem(key.ToPem());
        using var fromDer = SigningKey.FromPkcs8(key.ToPkcs8());
        Assert.Equal(key.PublicKey, fromPem.PublicKey);
        Assert.Equal(key.PublicKey, fromDer.PublicKey);
        Assert.True(key.PublicKey.Verify(Message, fromPem.Sign(Message), key.PublicKey.DefaultScheme));
        Assert.StartsWith("-----BEGIN PRIVATE KEY-----", key.ToPem(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(KeyAlgorithm.EcdsaP256, SignatureScheme.EcdsaSha256)]
    [InlineData(KeyAlgorithm.EcdsaP384, SignatureScheme.EcdsaSha384)]
    [InlineData(KeyAlgorithm.EcdsaP521, SignatureScheme.EcdsaSha512)]
    public void Ecdsa_takes_digests_and_only_der(KeyAlgorithm algorithm, SignatureScheme scheme)
    {
        using var key = SigningKey.Generate(algorithm);
        var digest = CryptographicOperations.HashData(scheme.Hash()!.Value, Message);
        var signature = key.SignDigest(digest, scheme);
        Assert.True(key.PublicKey.Verify(Message, signature, scheme));
        Assert.True(key.PublicKey.VerifyDigest(digest, signature, scheme));
        Assert.False(key.PublicKey.Verify(Message, (byte[])[.. signature, 0], scheme));
        Assert.False(key.PublicKey.Verify(Message, signature.AsSpan(0, signature.Length - 1), scheme));
        using var ecdsa = ECDsa.Create();
        ecdsa.ImportPkcs8PrivateKey(key.ToPkcs8(), out _);
        Assert.False(key.PublicKey.Verify(Message, ecdsa.SignHash(digest), scheme));
    }

    /// <summary>A sequence whose length is spelt in a longer way than needed holds the same numbers, and is not DER.</summary>
    [Fact]
    public void Ecdsa_signatures_in_ber_are_refused()
    {
        using var key = SigningKey.Generate(KeyAlgorithm.EcdsaP256);
        var signature = key.Sign(Message);
        byte[] ber = [signature[0], 0x81, .. signature[1..]];
        Assert.False(key.PublicKey.Verify(Message, ber, SignatureScheme.EcdsaSha256));
        byte[] padded = [0x30, (byte)(signature[1] + 1), 0x02, (byte)(signature[3] + 1), 0, .. signature[4..]];
        Assert.False(key.PublicKey.Verify(Message, padded, SignatureScheme.EcdsaSha256));
    }

    [Fact]
    public void Ed25519_does_not_work_on_digests()
    {
        using var key = SigningKey.Generate(KeyAlgorithm.Ed25519);
        Assert.Throws<ArgumentException>(() => key.SignDigest(new byte[32], SignatureScheme.Ed25519));
        Assert.False(key.PublicKey.VerifyDigest(Message, key.Sign(Message), SignatureScheme.Ed25519));
    }

    [Fact]
    public void The_older_pem_forms_are_read()
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var ec = SigningKey.FromPem(ecdsa.ExportECPrivateKeyPem());
        Assert.Equal(ecdsa.ExportSubjectPublicKeyInfo(), ec.PublicKey.Spki.ToArray());
        using var rsa = RSA.Create(2048);
        using var old = SigningKey.FromPem(rsa.ExportRSAPrivateKeyPem());
        Assert.Equal(rsa.ExportSubjectPublicKeyInfo(), old.PublicKey.Spki.ToArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("no pem")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----")]
    [InlineData("-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----")]
    public void Other_pem_is_refused(string pem) => Assert.Throws<FormatException>(() => SigningKey.FromPem(pem));

    [Fact]
    public void Private_keys_on_other_curves_are_refused()
    {
        using var ecdsa = ECDsa.Create(ECCurve.CreateFromFriendlyName("secp256k1"));
        Assert.Throws<FormatException>(() => SigningKey.FromPkcs8(ecdsa.ExportPkcs8PrivateKey()));
    }
}
