using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Aixv.Sigstore.Cose;
using Aixv.Sigstore.Scitt;
using Aixv.Sigstore.Tests.Cose;
using Aixv.Sigstore.Tests.Signing;
using Aixv.Transparency.Keys;
using Aixv.Transparency.Merkle;

namespace Aixv.Sigstore.Tests.Scitt;

public sealed class SignedStatementTests
{
    private const string Issuer = "https://issuer.example/ci";
    private const string Subject = "pkg:huggingface/org/model@1";
    private static readonly byte[] Content = "{\"_type\":\"x\"}"u8.ToArray();

    [Fact]
    public void A_statement_by_key_says_who_says_what_of_what()
    {
        using var key = TestKeys.Of(KeyAlgorithm.EcdsaP256);
        var read = SignedStatement.Parse(SignedStatement.Sign(key, Issuer, Subject, StatementPayload.Embedded(Content, "application/json")).ToBytes());
        Assert.Equal((Issuer, Subject, "application/json"), (read.Issuer, read.Subject, read.ContentType));
        Assert.True(read.TryVerify(key.PublicKey, out _));
        Assert.True(read.Says(Content));
        Assert.False(read.Says([]));
        Assert.True(read.Message.Protected.TryGetBytes(CoseLabels.KeyId, out var keyId));
        Assert.Equal(key.PublicKey.SpkiSha256(), keyId.ToArray());
    }

    [Fact]
    public void A_hash_envelope_names_hash_type_and_place_of_what_it_is_of()
    {
        using var key = TestKeys.Of(KeyAlgorithm.Ed25519);
        var payload = StatementPayload.Hashed(SHA256.HashData(Content), "application/json", "https://models.example/x");
        var read = SignedStatement.Parse(SignedStatement.Sign(key, Issuer, Subject, payload).ToBytes());
        Assert.Equal(new HashEnvelope(HashAlgorithmName.SHA256, "application/json", "https://models.example/x"), read.Envelope);
        Assert.Null(read.ContentType);
        Assert.True(read.Says(Content));
        Assert.False(read.Says(SHA256.HashData(Content)));
    }

    [Fact]
    public void A_certified_statement_carries_its_chain()
    {
        var (key, certificate) = Certified("CN=one");
        using var _ = key;
        var read = SignedStatement.Parse(
            SignedStatement.SignCertified(key, [certificate, Certified("CN=ca").Certificate], Issuer, Subject, StatementPayload.Embedded(Content, "text/plain")).ToBytes());
        Assert.Equal(2, read.Certificates.Length);
        Assert.True(read.TryVerify(read.Certificates[0].PublicKey, out var _));
        Assert.Throws<ArgumentException>(() => SignedStatement.SignCertified(key, [certificate], "no uri", Subject, StatementPayload.Embedded(Content, "x")));
        Assert.Throws<ArgumentException>(() =>
            SignedStatement.SignCertified(key, [Certified("CN=other").Certificate], Issuer, Subject, StatementPayload.Embedded(Content, "x")));
    }

    [Fact]
    public void A_chain_in_the_open_header_must_begin_with_the_certificate_that_was_signed_for()
    {
        var (key, certificate) = Certified("CN=one");
        using var _ = key;
        var headers = CoseCertificates.WithThumbprint(new CwtClaims(Issuer, Subject).AddTo(CoseHeaders.Empty), certificate);
        CoseSign1 Message(byte[] first) => CoseSign1.Sign(key, headers, CoseCertificates.WithChain(CoseHeaders.Empty, [first]), Content);
        Assert.Single(SignedStatement.Parse(Message(certificate).ToBytes()).Certificates);
        Assert.False(SignedStatement.TryParse(Message(Certified("CN=other").Certificate).ToBytes(), out var _, out var error));
        Assert.Contains("x5t", error, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Broken => new()
    {
        { "no claims", "no CWT claims" },
        { "no issuer", "issuer (1) and subject (2)" },
        { "no subject", "issuer (1) and subject (2)" },
        { "no key", "whose key" },
        { "location alone", "without the hash algorithm" },
        { "type of a hash", "content type (3)" },
        { "short hash", "the payload has" },
        { "unknown hash", "-999" },
        { "open envelope", "protected header" },
        { "claims are text", "a map" },
    };

    [Theory, MemberData(nameof(Broken))]
    public void A_statement_that_breaks_a_rule_is_refused_for_it(string fault, string because)
    {
        using var key = TestKeys.Of(KeyAlgorithm.Ed25519);
        var sound = new CwtClaims(Issuer, Subject).AddTo(CoseHeaders.Empty).With(CoseLabels.KeyId, "k"u8);
        var (headers, open) = (sound, CoseHeaders.Empty);
        switch (fault)
        {
            case "no claims": headers = sound.Without(CoseLabels.CwtClaims); break;
            case "no issuer": headers = new CwtClaims(null, Subject).AddTo(sound); break;
            case "no subject": headers = new CwtClaims(Issuer, null).AddTo(sound); break;
            case "no key": headers = sound.Without(CoseLabels.KeyId); break;
            case "location alone": headers = sound.With(CoseLabels.PayloadLocation, "x"); break;
            case "type of a hash": headers = sound.With(CoseLabels.PayloadHashAlgorithm, -16).With(CoseLabels.ContentType, "x"); break;
            case "short hash": headers = sound.With(CoseLabels.PayloadHashAlgorithm, -16); break;
            case "unknown hash": headers = sound.With(CoseLabels.PayloadHashAlgorithm, -999); break;
            case "open envelope": open = open.With(CoseLabels.PayloadHashAlgorithm, -16); break;
            case "claims are text": headers = sound.With(CoseLabels.CwtClaims, "x"); break;
        }

        var bytes = CoseSign1.Sign(key, headers, open, Content).ToBytes();
        Assert.False(SignedStatement.TryParse(bytes, out _, out var error), fault);
        Assert.Contains(because, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Receipts_are_attached_and_read_back_and_the_registered_entry_does_not_change()
    {
        using var key = TestKeys.Of(KeyAlgorithm.EcdsaP256);
        using var log = TestKeys.Of(KeyAlgorithm.Ed25519);
        var statement = SignedStatement.Sign(key, Issuer, Subject, StatementPayload.Embedded(Content, "application/json"));
        var leaf = MerkleTree.HashLeaf(statement.ToEntry());
        var receipt = CoseReceipt.SignInclusion(log, CoseHeaders.Empty, new InclusionProof(0, 1, []), leaf);
        var read = TransparentStatement.Parse(TransparentStatement.Attach(statement, [receipt, CoseReceiptTests.Receipt(log, 1, 3)]).ToBytes());
        Assert.Equal(2, read.Receipts.Length);
        Assert.True(read.Statement.TryVerify(key.PublicKey, out _));
        Assert.Equal(statement.ToEntry(), read.Statement.ToEntry());
        Assert.True(read.Receipts[0].TryVerifyInclusion(log.PublicKey, MerkleTree.HashLeaf(read.Statement.ToEntry()), out _));
        Assert.False(read.Receipts[1].TryVerifyInclusion(log.PublicKey, MerkleTree.HashLeaf(read.Statement.ToEntry()), out _));
        Assert.Throws<FormatException>(() => TransparentStatement.Parse(statement.ToBytes()));
    }

    [Fact]
    public void No_changed_bit_of_a_transparent_statement_throws_anything_but_a_format_fault()
    {
        var (key, certificate) = Certified("CN=one");
        using var _ = key;
        var statement = SignedStatement.SignCertified(key, [certificate], Issuer, Subject, StatementPayload.Embedded(Content, "text/plain"));
        var bytes = TransparentStatement.Attach(statement, [CoseReceiptTests.Receipt(key, 1, 3)]).ToBytes();
        for (var i = 0; i < bytes.Length * 8; i++)
        {
            var mutant = (byte[])bytes.Clone();
            mutant[i / 8] ^= (byte)(1 << (i % 8));
            try
            {
                var read = TransparentStatement.Parse(mutant);
                if (read.Statement.TryVerify(key.PublicKey, out var _))
                {
                    Assert.Equal(statement.ToEntry(), read.Statement.ToEntry());
                }
            }
            catch (FormatException)
            {
                // Refused, as it may be.
            }
        }
    }

    private static (SigningKey Key, byte[] Certificate) Certified(string name)
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, ecdsa, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(70));
        return (SigningKey.FromPkcs8(ecdsa.ExportPkcs8PrivateKey()), certificate.RawData);
    }
}
