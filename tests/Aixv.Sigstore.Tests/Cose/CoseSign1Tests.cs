using Aixv.Sigstore.Cbor;
using Aixv.Sigstore.Cose;
using Aixv.Sigstore.Tests.Signing;
using Aixv.Transparency.Keys;

namespace Aixv.Sigstore.Tests.Cose;

public sealed class CoseSign1Tests
{
    private static readonly byte[] Payload = "what is said"u8.ToArray();

    public static TheoryData<KeyAlgorithm, CoseAlgorithm> Signers => new()
    {
        { KeyAlgorithm.EcdsaP256, CoseAlgorithm.ES256 },
        { KeyAlgorithm.EcdsaP256, CoseAlgorithm.ES512 },
        { KeyAlgorithm.EcdsaP256, CoseAlgorithm.ESP256 },
        { KeyAlgorithm.EcdsaP384, CoseAlgorithm.ES384 },
        { KeyAlgorithm.EcdsaP384, CoseAlgorithm.ESP384 },
        { KeyAlgorithm.EcdsaP521, CoseAlgorithm.ES512 },
        { KeyAlgorithm.EcdsaP521, CoseAlgorithm.ESP512 },
        { KeyAlgorithm.Ed25519, CoseAlgorithm.EdDSA },
        { KeyAlgorithm.Ed25519, CoseAlgorithm.Ed25519 },
        { KeyAlgorithm.Rsa, CoseAlgorithm.PS256 },
        { KeyAlgorithm.Rsa, CoseAlgorithm.PS384 },
        { KeyAlgorithm.Rsa, CoseAlgorithm.PS512 },
        { KeyAlgorithm.Rsa, CoseAlgorithm.RS256 },
        { KeyAlgorithm.Rsa, CoseAlgorithm.RS384 },
        { KeyAlgorithm.Rsa, CoseAlgorithm.RS512 },
    };

    [Theory, MemberData(nameof(Signers))]
    public void What_is_signed_verifies_and_no_other_payload_does(KeyAlgorithm kind, CoseAlgorithm algorithm)
    {
        using var key = TestKeys.Of(kind);
        var headers = CoseHeaders.Empty.With(CoseLabels.Algorithm, (long)algorithm);
        for (var i = 0; i < (kind == KeyAlgorithm.Rsa ? 1 : 20); i++)
        {
            var message = CoseSign1.Parse(CoseSign1.Sign(key, headers, CoseHeaders.Empty, Payload).ToBytes());
            Assert.True(message.TryVerify(key.PublicKey, out _));
            var bytes = message.ToBytes();
            bytes[bytes.AsSpan().IndexOf("said"u8)] ^= 1;
            Assert.Equal(CoseRejectionReason.SignatureInvalid, Refusal(bytes, key.PublicKey));
        }
    }

    [Theory, MemberData(nameof(Signers))]
    public void A_key_of_another_kind_is_told_apart_from_a_bad_signature(KeyAlgorithm kind, CoseAlgorithm algorithm)
    {
        using var key = TestKeys.Of(kind);
        using var other = TestKeys.Of(kind == KeyAlgorithm.Ed25519 ? KeyAlgorithm.EcdsaP256 : KeyAlgorithm.Ed25519);
        var bytes = CoseSign1.Sign(key, CoseHeaders.Empty.With(CoseLabels.Algorithm, (long)algorithm), CoseHeaders.Empty, Payload).ToBytes();
        Assert.Equal(CoseRejectionReason.KeyMismatch, Refusal(bytes, other.PublicKey));
        Assert.Throws<ArgumentException>(() => CoseSign1.Sign(other, CoseHeaders.Empty.With(CoseLabels.Algorithm, (long)algorithm), CoseHeaders.Empty, Payload));
    }

    [Fact]
    public void A_detached_payload_must_be_given_and_an_embedded_one_must_not()
    {
        using var key = TestKeys.Of(KeyAlgorithm.Ed25519);
        var detached = CoseSign1.Parse(CoseSign1.Sign(key, CoseHeaders.Empty, CoseHeaders.Empty, Payload, detached: true).ToBytes());
        Assert.Null(detached.Payload);
        Assert.True(detached.TryVerify(key.PublicKey, out _, new CoseContext { DetachedPayload = Payload }));
        Assert.False(detached.TryVerify(key.PublicKey, out var missing));
        Assert.Equal(CoseRejectionReason.PayloadMissing, missing.Reason);
        var embedded = CoseSign1.Sign(key, CoseHeaders.Empty, CoseHeaders.Empty, Payload);
        Assert.False(embedded.TryVerify(key.PublicKey, out var unexpected, new CoseContext { DetachedPayload = Payload }));
        Assert.Equal(CoseRejectionReason.PayloadUnexpected, unexpected.Reason);
    }

    [Fact]
    public void The_empty_payload_is_a_payload()
    {
        using var key = TestKeys.Of(KeyAlgorithm.EcdsaP256);
        var message = CoseSign1.Parse(CoseSign1.Sign(key, CoseHeaders.Empty, CoseHeaders.Empty, default).ToBytes());
        Assert.Equal(0, message.Payload!.Value.Length);
        Assert.True(message.TryVerify(key.PublicKey, out _));
    }

    [Fact]
    public void Equal_messages_have_equal_bytes_however_their_headers_were_put_together()
    {
        using var key = TestKeys.Of(KeyAlgorithm.Ed25519);
        var one = CoseHeaders.Empty.With(CoseLabels.KeyId, "k"u8).With(CoseLabels.ContentType, "text/plain").With("x", 1).With(-1, 2);
        var other = CoseHeaders.Empty.With(-1, 2).With("x", 1).With(CoseLabels.ContentType, "text/plain").With(CoseLabels.KeyId, "k"u8);
        Assert.Equal(
            CoseSign1.Sign(key, one, CoseHeaders.Empty, Payload).ToBytes(), CoseSign1.Sign(key, other, CoseHeaders.Empty, Payload).ToBytes());
    }

    [Theory]
    [InlineData("81182a", true, null)]
    [InlineData("81182a", false, CoseRejectionReason.CriticalUnknown)]
    [InlineData("8103", true, null)]
    [InlineData("8118aa", true, CoseRejectionReason.Malformed)]
    [InlineData("80", true, CoseRejectionReason.Malformed)]
    [InlineData("01", true, CoseRejectionReason.Malformed)]
    public void Critical_parameters_must_be_there_and_understood(string critical, bool understood, CoseRejectionReason? expected)
    {
        using var key = TestKeys.Of(KeyAlgorithm.Ed25519);
        var headers = CoseHeaders.Empty.With(42, "new").With(CoseLabels.ContentType, "text/plain")
            .WithEncoded(CoseLabels.Critical, Convert.FromHexString(critical));
        var message = CoseSign1.Parse(CoseSign1.Sign(key, headers, CoseHeaders.Empty, Payload).ToBytes());
        message.TryVerify(key.PublicKey, out var rejection, new CoseContext { Understood = understood ? [42] : [] });
        Assert.Equal(expected, rejection?.Reason);
    }

    [Fact]
    public void An_unprotected_crit_is_refused()
    {
        using var key = TestKeys.Of(KeyAlgorithm.Ed25519);
        var message = CoseSign1.Sign(key, CoseHeaders.Empty, CoseHeaders.Empty.WithEncoded(CoseLabels.Critical, new byte[] { 0x81, 1 }), Payload);
        Assert.Equal(CoseRejectionReason.Malformed, Refusal(message.ToBytes(), key.PublicKey));
    }

    [Fact]
    public void External_data_is_signed_too()
    {
        using var key = TestKeys.Of(KeyAlgorithm.EcdsaP384);
        var message = CoseSign1.Sign(key, CoseHeaders.Empty, CoseHeaders.Empty, Payload, externalData: "a"u8.ToArray());
        Assert.True(message.TryVerify(key.PublicKey, out _, new CoseContext { ExternalData = "a"u8.ToArray() }));
        Assert.False(message.TryVerify(key.PublicKey, out _));
    }

    [Theory]
    [InlineData("d28340a040", "array of 3")]
    [InlineData("d28540a0f64040", "array of 5")]
    [InlineData("d2844001f640", "a map")]
    [InlineData("d28440a00140", "a byte string")]
    [InlineData("d28440a0f6f6", "a byte string")]
    [InlineData("d28440a0f64000", "follow")]
    [InlineData("d18440a0f640", "tag 17")]
    [InlineData("d28441a0a0f640", "")]
    [InlineData("d28443a10126a10126f640", "both headers")]
    [InlineData("d28445a201260126a0f640", "twice")]
    [InlineData("d28446a20126180126a0f640", "twice")]
    [InlineData("d28444a1012600a0f640", "follow")]
    [InlineData("d2844101a0f640", "a map")]
    [InlineData("d28440a1f500f640", "an integer")]
    [InlineData("d29f40a0f640ff", "indefinite")]
    public void Messages_of_another_form_are_refused(string hex, string because)
    {
        var read = CoseSign1.TryParse(Convert.FromHexString(hex), out _, out var error);
        Assert.Equal(because.Length == 0, read);
        Assert.Contains(because, error ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void No_mutant_of_a_message_verifies_as_saying_something_else()
    {
        using var key = TestKeys.Of(KeyAlgorithm.EcdsaP256);
        var headers = new CwtClaims("https://issuer.example", "pkg:x").AddTo(CoseHeaders.Empty).With(CoseLabels.KeyId, "k"u8);
        var original = CoseSign1.Sign(key, headers, CoseHeaders.Empty.With(7, "seven"), Payload);
        var bytes = original.ToBytes();
        for (var i = 0; i < bytes.Length; i++)
        {
            for (var change = 1; change < 256; change <<= 1)
            {
                var mutant = (byte[])bytes.Clone();
                mutant[i] ^= (byte)change;
                if (CoseSign1.TryParse(mutant, out var message, out _) && message.TryVerify(key.PublicKey, out _))
                {
                    Assert.Equal(original.ProtectedBytes, message.ProtectedBytes);
                    Assert.Equal(Payload, message.Payload!.Value.ToArray());
                }
            }
        }
    }

    [Fact]
    public void A_message_too_long_is_refused_unread()
    {
        Assert.False(CoseSign1.TryParse(new byte[CoseSign1.MaximumLength + 1], out _, out var error));
        Assert.Contains("at most", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_signature_of_the_wrong_length_is_no_signature()
    {
        using var key = TestKeys.Of(KeyAlgorithm.EcdsaP256);
        var message = CoseSign1.Sign(key, CoseHeaders.Empty, CoseHeaders.Empty, Payload);
        foreach (var length in (int[])[0, 1, 63, 65, 72])
        {
            var bytes = new CborWriter().WriteTag(18).WriteArray(4).WriteBytes(message.ProtectedBytes.Span)
                .WriteEncoded([0xa0]).WriteBytes(Payload).WriteBytes(new byte[length]).ToBytes();
            Assert.Equal(CoseRejectionReason.SignatureInvalid, Refusal(bytes, key.PublicKey));
        }
    }

    private static CoseRejectionReason? Refusal(byte[] bytes, PublicKey key)
    {
        CoseSign1.Parse(bytes).TryVerify(key, out var rejection);
        return rejection?.Reason;
    }
}
