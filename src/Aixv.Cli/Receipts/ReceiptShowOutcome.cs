using System.Globalization;
using System.Text.Json.Nodes;
using Aixv.Cli.Output;
using Aixv.Protocol.Receipts;
using Aixv.Sigstore.Json;
using Aixv.Transparency.Checkpoints;

namespace Aixv.Cli.Receipts;

/// <summary>What <c>aixv receipt show</c> answers: what is written, and nothing about whether it is true.</summary>
internal sealed record ReceiptShowOutcome(string Path, ReceiptStatement Statement, string Origin, ulong Index, ulong Size, string? Key, IReadOnlyList<string> Signatures) : IOutcome
{
    /// <exception cref="FormatException">Not a receipt, or one of no statement.</exception>
    public static ReceiptShowOutcome Of(ReceiptFile file)
    {
        if (file.Transparent is { } transparent)
        {
            var payload = transparent.Statement.Message.Payload ?? throw new FormatException("transparent statement: the payload is detached");
            return transparent.Receipts[0].InclusionProofs is [var proof, ..]
                ? new(file.Path, ReceiptStatement.Parse(payload), transparent.Statement.Issuer, proof.Index, proof.TreeSize, null, [])
                : throw new FormatException("transparent statement: the first receipt has no proof of inclusion");
        }

        var receipt = Receipt.Parse(file.Bytes);
        var tree = Checkpoint.Parse(receipt.Proof.Checkpoint.Text.Span);
        return new(
            file.Path, ReceiptStatement.Parse(receipt.Statement), tree.Origin, receipt.Proof.Index, tree.Size, receipt.LogKey.Verifier.ToVerifierKey(),
            [.. receipt.Proof.Checkpoint.Signatures.Select(s => s.Name)]);
    }

    public int ExitCode => Cli.ExitCode.Ok;

    public JsonObject ToJson() => new()
    {
        ["ok"] = true,
        ["verified"] = false,
        ["receipt"] = Path,
        ["kind"] = Statement.Kind,
        ["time"] = Rfc3339.Format(Statement.Time),
        ["log"] = Origin,
        ["log_key"] = Key,
        ["index"] = Index,
        ["tree_size"] = Size,
        ["signatures"] = new JsonArray([.. Signatures.Select(name => (JsonNode)name)]),
        ["statement"] = Statement.Content.DeepClone(),
    };

    public void Describe(Report report)
    {
        report.Heading($"{Path}: not verified, only shown");
        report.Row("entry", $"{Statement.Kind}{(Statement.Id is { } id ? $" {id}" : "")}");
        report.Row("time", Rfc3339.Format(Statement.Time));
        report.Row("log", string.Create(CultureInfo.InvariantCulture, $"{Origin}, index {Index} of {Size}"));
        report.Row("key", Key);
        foreach (var name in Signatures)
        {
            report.Row("signature", name);
        }

        foreach (var line in IndentedJson.Print(Statement.Content).Split('\n'))
        {
            report.Line($"  {line}");
        }
    }
}
