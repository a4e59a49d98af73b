using System.Text.Json.Nodes;
using Aixv.Interop.Tests.Peers;
using Aixv.Protocol.Receipts;
using Aixv.Sigstore.Cose;
using Aixv.Sigstore.Scitt;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Keys;
using Aixv.Transparency.Merkle;

namespace Aixv.Interop.Tests.Cose;

/// <summary>COSE and receipts against another implementation of CBOR and of the signatures: Python's cbor2 and cryptography.</summary>
public sealed class PythonCoseTests
{
    private const string Python = "/usr/bin/python3";

    [Fact]
    public async Task A_peer_verifies_ours_and_we_verify_theirs()
    {
        Assert.SkipUnless(Tool.Succeeds(Python, "-c", "import cbor2"), "python3's cbor2 module is not installed");
        Assert.SkipUnless(Tool.Succeeds(Python, "-c", "import cryptography"), "python3's cryptography module is not installed");
        using var logKey = SigningKey.Generate(KeyAlgorithm.Ed25519);
        var receipt = MakeReceipt(logKey);
        var transparent = receipt.ToTransparentStatement(logKey);
        var question = new JsonObject
        {
            ["statement"] = Convert.ToHexStringLower(transparent.ToBytes()),
            ["leaf"] = Convert.ToHexStringLower(receipt.Leaf.ToBytes()),
            ["spki"] = Convert.ToHexStringLower(logKey.PublicKey.Spki.Span),
            ["messages"] = new JsonArray([.. new[] { KeyAlgorithm.EcdsaP256, KeyAlgorithm.EcdsaP384, KeyAlgorithm.Ed25519 }.Select(Signed)]),
        };
        var run = await Tool.RunAsync(
            Python, [Checkout.PathOf("tests", "interop", "cose_peer.py"), question.ToJsonString()], TestContext.Current.CancellationToken);
        var answer = JsonNode.Parse(run.Succeeded().Output)!;
        Assert.Equal(("log.example", "log.example", ScittReceipts.StatementType),
            ((string?)answer["issuer"], (string?)answer["receipt_issuer"], (string?)answer["content_type"]));
        Assert.Equal(Convert.ToHexStringLower(receipt.Statement.Span), (string?)answer["payload"]);
        foreach (var message in answer["messages"]!.AsArray())
        {
            var statement = SignedStatement.Parse(Convert.FromHexString((string)message!["message"]!));
            Assert.True(statement.TryVerify(PublicKey.FromSpki(Convert.FromHexString((string)message["spki"]!)), out _));
            Assert.Equal(("https://peer.example", "pkg:x", "text/plain"), (statement.Issuer, statement.Subject, statement.ContentType));
            Assert.True(statement.Says("said by the peer"u8));
        }
    }

    private static JsonNode Signed(KeyAlgorithm algorithm)
    {
        using var key = SigningKey.Generate(algorithm);
        return new JsonObject
        {
            ["message"] = Convert.ToHexStringLower(CoseSign1.Sign(key, CoseHeaders.Empty.With(CoseLabels.KeyId, "k"u8).With("text", -70_000), CoseHeaders.Empty, "said"u8.ToArray()).ToBytes()),
            ["spki"] = Convert.ToHexStringLower(key.PublicKey.Spki.Span),
        };
    }

    private static Receipt MakeReceipt(SigningKey logKey)
    {
        var statement = """{"kind":"model.attested","time":"2026-06-01T12:00:00Z"}"""u8.ToArray();
        var leaf = EntryLeaf.Public(statement, "model.attested");
        var (left, right) = (MerkleTree.HashLeaf("a"u8), MerkleTree.HashLeaf("b"u8));
        var root = MerkleTree.HashChildren(MerkleTree.HashChildren(left, right), leaf.ToMerkleHash());
        var signer = new NoteSigner("log.example", logKey);
        return Receipt.Create(
            statement, default, leaf.ToBytes(), new InclusionProof(2, 3, [MerkleTree.HashChildren(left, right)]),
            signer.Sign(new Checkpoint("log.example", 3, root, []).ToText()), new ReceiptLogKey(signer.Verifier, KeyLife.Unlimited));
    }
}
