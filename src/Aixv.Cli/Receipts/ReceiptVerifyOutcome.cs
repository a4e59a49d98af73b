using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Aixv.Cli.Output;
using Aixv.Protocol.Receipts;
using Aixv.Sigstore.Json;
using Aixv.Transparency.Checkpoints;

namespace Aixv.Cli.Receipts;

/// <summary>What <c>aixv receipt verify</c> answers.</summary>
internal sealed record ReceiptVerifyOutcome(string Path, ReceiptResult Result, ReceiptTrust Trust) : IOutcome
{
    private RejectedReceipt? Rejected => Result as RejectedReceipt;

    private string? Error => Rejected is { } rejected ? $"receipt refused ({Kebab.Of(rejected.Reason)}): {rejected.Detail}" : null;

    public int ExitCode => Rejected is null ? Cli.ExitCode.Ok : Cli.ExitCode.Rejected;

    private (ReceiptStatement Statement, EntryLeaf Leaf, Checkpoint Tree, ulong Index, ImmutableArray<Cosignature> Witnesses)? Found => Result switch
    {
        VerifiedReceipt v => (v.Statement, v.Receipt.Leaf, v.Checkpoint, v.Receipt.Proof.Index, v.Witnesses),
        VerifiedTransparentStatement v => (v.Statement, v.Leaf, v.Tree, v.Transparent.Receipts[0].InclusionProofs[0].Index, []),
        _ => null,
    };

    public JsonObject ToJson()
    {
        var json = new JsonObject { ["ok"] = Rejected is null, ["verified"] = Rejected is null, ["receipt"] = Path };
        if (Found is { } found)
        {
            json["kind"] = found.Statement.Kind;
            json["time"] = Rfc3339.Format(found.Statement.Time);
            json["log"] = found.Tree.Origin;
            json["index"] = found.Index;
            json["tree_size"] = found.Tree.Size;
            json["root"] = found.Tree.Root.ToString();
            json["private"] = found.Leaf.IsSalted;
            json["witnesses"] = new JsonArray([.. found.Witnesses.Select(w => new JsonObject { ["name"] = w.Name, ["time"] = Rfc3339.Format(w.Time) })]);
            json["statement"] = found.Statement.Content.DeepClone();
        }
        else
        {
            json["reason"] = Kebab.Of(Rejected!.Reason);
            json["error"] = Error;
            json["command"] = "receipt verify";
        }

        return json;
    }

    public void Describe(Report report)
    {
        report.Title(Rejected is null, $"{Path}: {(Rejected is null ? "in the log" : "refused")}");
        if (Found is { } found)
        {
            report.Row("entry", $"{found.Statement.Kind}{(found.Statement.Id is { } id ? $" {id}" : "")}");
            report.Row("time", $"{Rfc3339.Format(found.Statement.Time)}, as the log says");
            report.Row("log", string.Create(CultureInfo.InvariantCulture, $"{found.Tree.Origin}, index {found.Index} of {found.Tree.Size}"));
            foreach (var witness in found.Witnesses)
            {
                report.Row("witness", $"{witness.Name} saw it by {Rfc3339.Format(witness.Time)}");
            }

            if (found.Witnesses.IsEmpty)
            {
                report.Row("witness", "none: the log alone is believed");
            }
        }

        if (Error is { } error)
        {
            report.Error(error);
        }
    }
}
