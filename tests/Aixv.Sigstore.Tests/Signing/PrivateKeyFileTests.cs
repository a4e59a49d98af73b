using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using Aixv.Sigstore.Signing;
using Aixv.Transparency.Keys;

namespace Aixv.Sigstore.Tests.Signing;

public sealed class PrivateKeyFileTests
{
    // openssl genpkey -algorithm ed25519 | openssl pkcs8 -topk8 -passout pass:word (OpenSSL 3: PBKDF2 with SHA-256, AES-256-CBC)
    private const string OpenSslEd25519 = """
        -----BEGIN ENCRYPTED PRIVATE KEY-----
        MIGbMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAh0hTBuht8faQICCAAw
        DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEENPLdM1vopIoet3gyltYMooEQGJy
        97WfJ9qCUP8K75J4/EthMIZxKnFawiE+m0vIH37DjR750+KO7MCcTvyd8flien+e
        07vHx1/T+nnvdVwiCCg=
        -----END ENCRYPTED PRIVATE KEY-----
        """;

    private const string OpenSslEd25519Public = """
        -----BEGIN PUBLIC KEY-----
        MCowBQYDK2VwAyEACltGVSU2nVAowqPhzwGLI+ArsJraAtxyC0wl3YcoHGs=
        -----END PUBLIC KEY-----
        """;

    private static string Encrypt(SigningKey key, string password, PbeEncryptionAlgorithm cipher = PbeEncryptionAlgorithm.Aes256Cbc)
    {
        var info = Pkcs8PrivateKeyInfo.Decode(key.ToPkcs8(), out _);
        return PemEncoding.WriteString("ENCRYPTED PRIVATE KEY", info.Encrypt(password, new PbeParameters(cipher, HashAlgorithmName.SHA256, 1000)));
    }

    [Theory]
    [InlineData(KeyAlgorithm.EcdsaP256)]
    [InlineData(KeyAlgorithm.EcdsaP384)]
    [InlineData(KeyAlgorithm.EcdsaP521)]
    [InlineData(KeyAlgorithm.Rsa)]
    [InlineData(KeyAlgorithm.Ed25519)]
    public void Keys_of_all_kinds_are_read_plain_and_encrypted(KeyAlgorithm algorithm)
    {
        using var key = TestKeys.Of(algorithm);
        using var plain = PrivateKeyFile.Read(key.ToPem(), () => throw new InvalidOperationException("asked for a password"));
        using var decrypted = PrivateKeyFile.Read(Encrypt(key, "wörd"), () => "wörd");
        Assert.Equal(key.PublicKey, plain.PublicKey);
        Assert.Equal(key.PublicKey, decrypted.PublicKey);
        var signature = decrypted.Sign("x"u8);
        Assert.True(key.PublicKey.Verify("x"u8, signature, key.PublicKey.DefaultScheme));
    }

    [Fact]
    public void A_key_that_openssl_encrypted_is_read()
    {
        using var key = PrivateKeyFile.Read(OpenSslEd25519, () => "word");
        Assert.Equal(PublicKey.FromPem(OpenSslEd25519Public), key.PublicKey);
    }

    [Fact]
    public void A_wrong_password_is_said()
    {
        using var key = SigningKey.Generate(KeyAlgorithm.EcdsaP256);
        var e = Assert.Throws<FormatException>(() => PrivateKeyFile.Read(Encrypt(key, "right"), () => "wrong"));
        Assert.Contains("the password is wrong", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("right", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_password_is_said()
    {
        using var key = SigningKey.Generate(KeyAlgorithm.EcdsaP256);
        var e = Assert.Throws<FormatException>(() => PrivateKeyFile.Read(Encrypt(key, "right"), () => null));
        Assert.Contains("no password was given", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "no PEM block")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nMAA=\n-----END PUBLIC KEY-----", "no PEM block")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----", "not a valid PKCS#8")]
    [InlineData("-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAA=\n-----END ENCRYPTED PRIVATE KEY-----", "cannot be decrypted")]
    [InlineData("-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----\nMAA=\n-----END ENCRYPTED SIGSTORE PRIVATE KEY-----", "cosign")]
    [InlineData("-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nMAA=\n-----END EC PRIVATE KEY-----", "openssl pkcs8")]
    public void What_is_no_key_is_refused_with_advice(string pem, string message)
    {
        var e = Assert.Throws<FormatException>(() => PrivateKeyFile.Read(pem, () => "word"));
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Old_plain_forms_are_read()
    {
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var key = PrivateKeyFile.Read(ec.ExportECPrivateKeyPem(), () => null);
        Assert.Equal(ec.ExportSubjectPublicKeyInfo(), key.PublicKey.Spki.ToArray());
        using var rsa = RSA.Create();
        using var shared = TestKeys.Of(KeyAlgorithm.Rsa);
        rsa.ImportPkcs8PrivateKey(shared.ToPkcs8(), out _);
        using var rsaKey = PrivateKeyFile.Read(rsa.ExportRSAPrivateKeyPem(), () => null);
        Assert.Equal(shared.PublicKey, rsaKey.PublicKey);
    }
}
