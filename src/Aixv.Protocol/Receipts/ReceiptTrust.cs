using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Aixv.Protocol.Schemas;
using Aixv.Protocol.Statements;
using Aixv.Sigstore.Trust;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Proofs;

namespace Aixv.Protocol.Receipts;

/// <summary>What a verifier of receipts believes: logs, and witnesses.</summary>
public sealed record ReceiptTrust(ImmutableArray<TrustedLogKey> Logs, WitnessPolicy Witnesses)
{
    public const string Type = "aixv.receipt-trust/v1";
    private const int MaximumBytes = 1024 * 1024;
    private const int MaximumKeys = 1000;

    internal static ObjectShape Shape { get; } = new(
        new Field("trust_type", TextShape.OneOf(Type), Required: true),
        new Field("logs", new ListShape(ReceiptLogKey.Shape, minimum: 1, maximum: MaximumKeys), Required: true),
        new Field("witnesses", new ListShape(new TextShape(), maximum: MaximumKeys)),
        new Field("required_witnesses", new IntegerShape(0, MaximumKeys)));

    /// <summary>Reads a file of trust.</summary>
    /// <exception cref="FormatException">Not such a file, or more witnesses are required than named.</exception>
    public static ReceiptTrust Parse(ReadOnlyMemory<byte> json) => Read(SortedJson.ParseObject(json, "receipt trust", MaximumBytes));

    /// <exception cref="FormatException">Not such a document, or more witnesses are required than named.</exception>
    public static ReceiptTrust Read(JsonObject json)
    {
        var read = Shape.Read(json, "receipt trust");
        var logs = read.Objects("logs").Select(ReceiptLogKey.FromChecked).Select(key => TrustedLogKey.Of(key.Verifier, key.Life));
        try
        {
            return new ReceiptTrust(
                [.. logs], new WitnessPolicy([.. read.Texts("witnesses").Select(CosignatureVerifier.Parse)], read.Integer("required_witnesses") ?? 0));
        }
        catch (ArgumentException e)
        {
            throw new FormatException($"invalid receipt trust: $.witnesses: {e.Message}", e);
        }
    }

    /// <summary>The logs and witnesses of a trusted root.</summary>
    public static ReceiptTrust Of(TrustedRoot root)
    {
        ArgumentNullException.ThrowIfNull(root);
        return new ReceiptTrust(
            [.. root.TransparencyLogs.Select(TrustedLogKey.Of)],
            new WitnessPolicy([.. root.Witnesses.Select(w => new CosignatureVerifier(w.Name, w.Key))], root.WitnessThreshold));
    }
}
