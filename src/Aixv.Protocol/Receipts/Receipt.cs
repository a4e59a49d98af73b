using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Aixv.Protocol.Schemas;
using Aixv.Protocol.Statements;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Merkle;
using Aixv.Transparency.Proofs;

namespace Aixv.Protocol.Receipts;

/// <summary>
/// A registry's receipt: a statement, and the proof that it is in the registry's public log. docs/receipts.md has every byte.
/// Reading one verifies nothing: see <see cref="ReceiptVerifier"/>.
/// </summary>
public sealed record Receipt
{
    public const string Type = "aixv.receipt/v1";

    /// <summary>The longest receipt that is read, in bytes.</summary>
    public const int MaximumBytes = 4 * 1024 * 1024;

    /// <summary>The longest statement, in bytes.</summary>
    public const int MaximumStatement = 2 * 1024 * 1024;

    /// <summary>What every JSON reader can count exactly.</summary>
    private const long MaximumCount = (1L << 53) - 1;

    private Receipt()
    {
    }

    internal static ObjectShape Shape { get; } = new(
        new Field("receipt_type", TextShape.OneOf(Type), Required: true),
        new Field("statement", new Base64Shape(MaximumStatement), Required: true),
        new Field("salt", new Base64Shape(EntryLeaf.SaltLength)),
        new Field("leaf", new LinesShape(EntryLeaf.MaximumBytes), Required: true),
        new Field("log", ReceiptLogKey.Shape, Required: true),
        new Field("proof", new ObjectShape(
            new Field("index", new IntegerShape(0, MaximumCount), Required: true),
            new Field("tree_size", new IntegerShape(1, MaximumCount), Required: true),
            new Field("hashes", new ListShape(new Base64Shape(MerkleHash.Length), maximum: 64), Required: true),
            new Field("checkpoint", new LinesShape(SignedNote.MaximumLength), Required: true)), Required: true));

    /// <summary>The exact bytes that were entered: one JSON object.</summary>
    public required ReadOnlyMemory<byte> Statement { get; init; }

    /// <summary>What opens the leaf of a private entry; empty for a public one.</summary>
    public ReadOnlyMemory<byte> Salt { get; private init; }

    /// <summary>What the log holds.</summary>
    public required EntryLeaf Leaf { get; init; }

    /// <summary>That the log holds it, with the checkpoint as it was published.</summary>
    public required LogProof Proof { get; init; }

    /// <summary>The log's key, as the log says. A verifier believes only keys it knows itself.</summary>
    public required ReceiptLogKey LogKey { get; init; }

    /// <summary>Makes a receipt of what the log answered.</summary>
    /// <param name="statement">The exact bytes that were entered.</param>
    /// <param name="salt">The salt of a private entry; empty for a public one.</param>
    /// <param name="leaf">The bytes in the log, as <see cref="EntryLeaf.ToBytes"/> gives them.</param>
    /// <param name="proof">In the tree of the checkpoint.</param>
    /// <param name="checkpoint">As published, with the witnesses' cosignatures it has.</param>
    /// <exception cref="FormatException">The parts do not belong together.</exception>
    public static Receipt Create(
        ReadOnlyMemory<byte> statement, ReadOnlyMemory<byte> salt, ReadOnlySpan<byte> leaf, InclusionProof proof, SignedNote checkpoint, ReceiptLogKey logKey)
    {
        ArgumentNullException.ThrowIfNull(proof);
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentNullException.ThrowIfNull(logKey);
        var receipt = new Receipt
        {
            Statement = statement,
            Salt = salt,
            Leaf = EntryLeaf.Parse(leaf),
            Proof = new LogProof(proof.Index, proof.Hashes, checkpoint),
            LogKey = logKey,
        };
        var root = Checkpoint.Parse(checkpoint.Text.Span).Root;
        return receipt.Leaf.Holds(salt.Span, statement.Span) && proof.Verify(receipt.Leaf.ToMerkleHash(), root)
            ? receipt
            : throw new FormatException("receipt: statement, leaf, proof and checkpoint do not belong together");
    }

    /// <summary>Makes a receipt of its parts one by one.</summary>
    public static Receipt Create(
        ReadOnlyMemory<byte> statement, ReadOnlyMemory<byte> salt, ReadOnlySpan<byte> leaf, ulong index, ulong treeSize,
        ImmutableArray<MerkleHash> hashes, string checkpoint, ReceiptLogKey logKey) =>
        Create(statement, salt, leaf, new InclusionProof(index, treeSize, hashes), SignedNote.Parse(Encoding.UTF8.GetBytes(checkpoint)), logKey);

    /// <exception cref="FormatException">Not a receipt.</exception>
    public static Receipt Parse(ReadOnlyMemory<byte> json) => Read(SortedJson.ParseObject(json, "receipt", MaximumBytes));

    /// <exception cref="FormatException">Not a receipt.</exception>
    public static Receipt Read(JsonObject json)
    {
        var read = Shape.Read(json, "receipt");
        var proof = read["proof"]!.AsObject();
        var checkpoint = SignedNote.Parse(Encoding.UTF8.GetBytes(proof.RequiredText("checkpoint")));
        var size = Checkpoint.Parse(checkpoint.Text.Span).Size;
        if ((ulong)proof.Long("tree_size")!.Value != size)
        {
            throw new FormatException($"invalid receipt: $.proof.tree_size: the checkpoint's is {size.ToString(CultureInfo.InvariantCulture)}");
        }

        var hashes = proof.Texts("hashes").Select(text => MerkleHash.FromBytes(Convert.FromBase64String(text)));
        return new Receipt
        {
            Statement = Convert.FromBase64String(read.RequiredText("statement")),
            Salt = read.Text("salt") is { } salt ? Convert.FromBase64String(salt) : default(ReadOnlyMemory<byte>),
            Leaf = EntryLeaf.Parse(Encoding.UTF8.GetBytes(read.RequiredText("leaf"))),
            Proof = new LogProof((ulong)proof.Long("index")!.Value, [.. hashes], checkpoint),
            LogKey = ReceiptLogKey.FromChecked(read["log"]!.AsObject()),
        };
    }

    public JsonObject ToJson()
    {
        var json = new JsonObject { ["receipt_type"] = Type, ["statement"] = Convert.ToBase64String(Statement.Span) };
        json.AddIfAny("salt", Salt.IsEmpty ? null : (JsonNode)Convert.ToBase64String(Salt.Span));
        json["leaf"] = Encoding.ASCII.GetString(Leaf.ToBytes());
        json["log"] = LogKey.ToJson();
        json["proof"] = new JsonObject
        {
            ["index"] = (long)Proof.Index,
            ["tree_size"] = (long)Checkpoint.Parse(Proof.Checkpoint.Text.Span).Size,
            ["hashes"] = Proof.Hashes.Select(hash => Convert.ToBase64String(hash.Span)).ToJson(),
            ["checkpoint"] = Proof.Checkpoint.ToString(),
        };
        return json;
    }

    /// <summary>The receipt as it is stored and sent: <see cref="SortedJson"/>.</summary>
    public byte[] ToBytes() => SortedJson.Serialize(ToJson());
}
