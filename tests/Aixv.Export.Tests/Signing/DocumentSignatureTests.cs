using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Aixv.Export.Formats;
using Aixv.Export.Signing;
using Aixv.Sigstore.Scitt;
using Aixv.Transparency.Keys;

namespace Aixv.Export.Tests.Signing;

public sealed class DocumentSignatureTests
{
    public static TheoryData<KeyAlgorithm> Keys => [KeyAlgorithm.EcdsaP256, KeyAlgorithm.EcdsaP384, KeyAlgorithm.EcdsaP521, KeyAlgorithm.Ed25519, KeyAlgorithm.Rsa];

    private static DocumentSigner Signer(SigningKey key) => new(key, key.PublicKey.DefaultScheme, []);

    private static JsonObject Document() => JsonNode.Parse("""{"b":[1e30,4.5,6,0.000001],"a":"\u20ac$\u000f\n'B\"\\/","bomFormat":"CycloneDX"}""")!.AsObject();

    [Theory, MemberData(nameof(Keys))]
    public void A_document_with_its_signature_inside_verifies_here_and_elsewhere(KeyAlgorithm algorithm)
    {
        using var key = SigningKey.Generate(algorithm);
        var document = Document();
        JsfSignature.Sign(document, Signer(key));
        Assert.Empty(JsfSignature.Faults(document));
        document["a"] = "other";
        Assert.Contains(JsfSignature.Faults(document), fault => fault.Contains("does not verify", StringComparison.Ordinal));
    }

    [Fact]
    public void Others_verify_what_is_signed_here()
    {
        using var documents = new ManyDocuments();
        foreach (var algorithm in Keys.Select(row => row.Data))
        {
            using var key = SigningKey.Generate(algorithm);
            var document = Document();
            JsfSignature.Sign(document, Signer(key));
            documents.Add(Encoding.UTF8.GetBytes(document.ToJsonString()), $"{algorithm}.jsf");
            documents.Add(Export("w3c-vc", Samples.Full, Signer(key)), $"{algorithm}.jws");
            documents.Add(Export("scitt-signed-statement", Samples.Full, Signer(key)), $"{algorithm}.cose");
            File.WriteAllText(documents.Paths[^1] + ".pem", key.PublicKey.ToPem());
        }

        Outside.Python("cbor2", "signatures.py", "--can-run");
        Outside.Python("cryptography", "signatures.py", [.. documents.Paths]);
    }

    [Theory, MemberData(nameof(Keys))]
    public void A_signed_credential_names_its_signer_as_issuer_and_is_recognised(KeyAlgorithm algorithm)
    {
        using var key = SigningKey.Generate(algorithm);
        var signed = Export("w3c-vc", Samples.Uris, Signer(key));
        var probe = new DocumentProbe(signed, null);
        Assert.Equal("w3c-vc", Exporters.Recognize(probe).First().Format.Id);
        Assert.Empty(Exporters.Find("w3c-vc")!.Faults(probe));
        var payload = JsonNode.Parse(CompactJws.TryParse(probe.Text)!.Payload.Span)!;
        Assert.Equal($"urn:sha256:{Convert.ToHexStringLower(key.PublicKey.SpkiSha256())}", (string)payload["issuer"]!);
        Assert.Equal("vc+jwt", (string)CompactJws.TryParse(probe.Text)!.Header["typ"]!);
    }

    [Fact]
    public void A_credential_that_was_changed_does_not_verify()
    {
        using var key = SigningKey.Generate(KeyAlgorithm.EcdsaP256);
        var parts = Encoding.ASCII.GetString(Export("w3c-vc", Samples.Full, Signer(key))).Split('.');
        var payload = Encoding.UTF8.GetString(JsonWebKey.Decode(parts[1])!).Replace("pytorch", "pytorcc", StringComparison.Ordinal);
        var forged = $"{parts[0]}.{JsonWebKey.Encode(Encoding.UTF8.GetBytes(payload))}.{parts[2]}";
        Assert.Contains(Exporters.Find("w3c-vc")!.Faults(new DocumentProbe(Encoding.ASCII.GetBytes(forged), null)), fault => fault.Contains("does not verify", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Samples.Full, "pkg:huggingface/acme/demo-model@1.2.0")]
    [InlineData(Samples.Hostile, null)]
    public void A_statement_is_signed_about_the_artifact(string sample, string? subject)
    {
        using var key = SigningKey.Generate(KeyAlgorithm.Ed25519);
        var signed = Export("scitt-signed-statement", sample, Signer(key));
        var statement = SignedStatement.Parse(signed);
        Assert.True(statement.TryVerify(key.PublicKey, out _));
        Assert.True(statement.Says(Samples.Dossier(sample).Training!.Bytes.Span));
        Assert.Equal(subject ?? Samples.Dossier(sample).Artifact.Urn, statement.Subject);
        var probe = new DocumentProbe(signed, null);
        Assert.Equal("scitt-signed-statement", Exporters.Recognize(probe).Single().Format.Id);
        Assert.Empty(Exporters.Find("scitt-signed-statement")!.Faults(probe));
    }

    [Fact]
    public void A_timestamp_goes_beside_the_signature_that_it_covers()
    {
        using var key = SigningKey.Generate(KeyAlgorithm.EcdsaP256);
        ReadOnlyMemory<byte> stamped = default;
        var signed = Export("scitt-signed-statement", Samples.Full, Signer(key) with
        {
            Timestamp = message =>
            {
                stamped = message;
                return "token"u8.ToArray();
            },
        });
        var message = SignedStatement.Parse(signed).Message;
        Assert.Equal([0x58, 0x40, .. message.Signature.Span], stamped.ToArray());
        Assert.True(message.Unprotected.TryGetBytes(270, out var token));
        Assert.Equal("token"u8.ToArray(), token.ToArray());
    }

    /// <summary>A certificate's subject is the issuer; the certificate goes along, in each form's own way.</summary>
    [Fact]
    public void A_certified_key_names_its_identity_and_brings_its_certificate()
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=leaf", ecdsa, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddEmailAddress("ada@example.org");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero));
        using var key = SigningKey.FromPkcs8(ecdsa.ExportPkcs8PrivateKey());
        var signer = new DocumentSigner(key, SignatureScheme.EcdsaSha256, [certificate.RawData]);

        var document = Document();
        JsfSignature.Sign(document, signer);
        Assert.Empty(JsfSignature.Faults(document));
        Assert.Equal(certificate.RawData, JsonWebKey.Decode((string)document["signature"]!["certificatePath"]![0]!));

        var jws = CompactJws.TryParse(Encoding.ASCII.GetString(Export("w3c-vc", Samples.Full, signer)))!;
        Assert.Empty(jws.Faults());
        Assert.Equal(Convert.ToBase64String(certificate.RawData), (string)jws.Header["x5c"]![0]!);
        Assert.Equal("mailto:ada@example.org", (string)JsonNode.Parse(jws.Payload.Span)!["issuer"]!);

        var statement = SignedStatement.Parse(Export("scitt-signed-statement", Samples.Full, signer));
        Assert.Equal("mailto:ada@example.org", statement.Issuer);
        Assert.Equal(certificate.RawData, Assert.Single(statement.Certificates).Raw.ToArray());
        Assert.True(statement.TryVerify(statement.Certificates[0].PublicKey, out _));
    }

    [Theory]
    [InlineData("scitt-signed-statement")]
    [InlineData("oms-bundle")]
    public void What_exists_only_signed_refuses_to_be_written_unsigned(string format)
    {
        var exporter = Exporters.Find(format)!;
        Assert.Throws<ExportRefusedException>(() => exporter.Write(Samples.Dossier(Samples.Full), Stream.Null));
        Assert.Empty(exporter.MissingToSign(Samples.Dossier(Samples.Full)));
    }

    [Fact]
    public void A_model_signing_bundle_is_made_over_the_statement()
    {
        var statement = JsonNode.Parse(Exporters.Find("oms-bundle")!.StatementToSign(Samples.Dossier(Samples.Full)))!;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(ExportedBytes.Of("oms-statement", Samples.Full)), statement));
    }

    internal static byte[] Export(string format, string sample, DocumentSigner signer)
    {
        using var output = new MemoryStream();
        Exporters.Find(format)!.WriteSigned(Samples.Dossier(sample), signer, output);
        return output.ToArray();
    }
}
