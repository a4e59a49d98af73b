using System.Security.Cryptography;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Cose;
using Aixv.Sigstore.Scitt;
using Aixv.Sigstore.Signing;
using Aixv.Transparency.Keys;
using Aixv.Transparency.Merkle;

namespace Aixv.Export.Tests.Attestations;

/// <summary>What a transparency service gives, and what is made by signing.</summary>
public sealed class ReceiptTests : IDisposable
{
    private readonly SigningKey log = SigningKey.Generate(KeyAlgorithm.EcdsaP256);
    private readonly SigningKey issuer = SigningKey.Generate(KeyAlgorithm.Ed25519);

    public void Dispose()
    {
        log.Dispose();
        issuer.Dispose();
    }

    private Dossier WithReceipt(bool isWhole = true)
    {
        var dossier = Samples.Dossier(Samples.Full);
        var statement = SignedStatement.Sign(issuer, "https://issuer.example", dossier.Artifact.Urn, StatementPayload.Embedded(dossier.Training!.Bytes, "application/vnd.in-toto+json"));
        var leaf = MerkleTree.HashLeaf(statement.ToEntry());
        var sibling = MerkleTree.HashLeaf("other"u8);
        var receipt = CoseReceipt.SignInclusion(log, CoseHeaders.Empty, new InclusionProof(0, 2, [sibling]), MerkleTree.HashChildren(leaf, sibling));
        return dossier with { Receipts = [new ReceiptFacts(receipt.ToBytes(), isWhole ? statement.ToBytes() : default(ReadOnlyMemory<byte>?))] };
    }

    private static byte[] Export(string format, Dossier dossier)
    {
        using var output = new MemoryStream();
        Exporters.Find(format)!.Write(dossier, output);
        return output.ToArray();
    }

    [Fact]
    public void A_transparent_statement_is_the_statement_with_its_receipt()
    {
        var bytes = Export("scitt-transparent-statement", WithReceipt());
        var statement = TransparentStatement.Parse(bytes);
        Assert.True(statement.Statement.TryVerify(issuer.PublicKey, out _));
        Assert.True(statement.Receipts[0].TryVerifyInclusion(log.PublicKey, MerkleTree.HashLeaf(statement.Statement.ToEntry()), out _));
        var probe = new DocumentProbe(bytes, null);
        Assert.Equal("scitt-transparent-statement", Exporters.Recognize(probe).First().Format.Id);
        Assert.Empty(Exporters.Find("scitt-transparent-statement")!.Faults(probe));
    }

    [Fact]
    public void A_receipt_is_given_as_it_was_given()
    {
        var dossier = WithReceipt(isWhole: false);
        var bytes = Export("cose-receipt", dossier);
        Assert.Equal(dossier.Receipts[0].Bytes.ToArray(), bytes);
        var probe = new DocumentProbe(bytes, null);
        Assert.Equal("cose-receipt", Exporters.Recognize(probe).Single().Format.Id);
        Assert.Empty(Exporters.Find("cose-receipt")!.Faults(probe));
        Assert.Contains("signed statement", Assert.Throws<ExportRefusedException>(() => Export("scitt-transparent-statement", dossier)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_receipt_none_is_made_of_a_log_entry()
    {
        foreach (var format in (string[])["cose-receipt", "scitt-transparent-statement"])
        {
            Assert.Contains("--receipt", Assert.Throws<ExportRefusedException>(() => Export(format, Samples.Dossier(Samples.Full))).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_path_of_the_wrong_length_is_found_out()
    {
        var hash = MerkleTree.HashLeaf("x"u8);
        var receipt = CoseReceipt.SignInclusion(log, CoseHeaders.Empty, new InclusionProof(0, 2, [hash, hash]), hash);
        Assert.NotEmpty(Exporters.Find("cose-receipt")!.Faults(new DocumentProbe(receipt.ToBytes(), null)));
    }

    [Fact]
    public void They_are_as_the_drafts_define_them()
    {
        using var documents = new ManyDocuments();
        documents.Add(Export("scitt-transparent-statement", WithReceipt()), "whole.transparent");
        documents.Add(Export("cose-receipt", WithReceipt()), "one.receipt");
        Outside.Python("cbor2", "receipts.py", [.. documents.Paths]);
    }

    [Fact]
    public async Task A_model_signing_bundle_fits_its_JSON_Schema()
    {
        var exporter = Exporters.Find("oms-bundle")!;
        using var key = SigningKey.Generate(KeyAlgorithm.EcdsaP256);
        var bundle = (await new KeyBundleSigner(key).SignStatementAsync(exporter.StatementToSign(Samples.Dossier(Samples.Full)), null, TestContext.Current.CancellationToken)).ToJson();
        var probe = new DocumentProbe(bundle, null);
        Assert.Equal("oms-bundle", Exporters.Recognize(probe).First().Format.Id);
        Assert.Empty(exporter.Faults(probe));
        using var document = Outside.Write(bundle, ".json");
        Outside.Node("ajv.mjs", "2020", $"{Outside.Schema("oms/bundle.schema.json")},{Outside.Schema("oms/envelope.schema.json")}", document.Path);
    }

    [Fact]
    public void A_statement_of_an_artifact_without_claims_is_over_its_digest()
    {
        var dossier = Samples.Dossier(Samples.Full) with { Attestations = [], Training = null };
        using var output = new MemoryStream();
        Exporters.Find("scitt-signed-statement")!.WriteSigned(dossier, new DocumentSigner(issuer, SignatureScheme.Ed25519, []), output);
        var statement = SignedStatement.Parse(output.ToArray());
        Assert.Equal(HashAlgorithmName.SHA256, statement.Envelope!.Algorithm);
        Assert.True(statement.Says("fine-tuned weights"u8));
        Assert.Equal(Digest.Of("fine-tuned weights"u8), dossier.Artifact.Digest);
    }
}
