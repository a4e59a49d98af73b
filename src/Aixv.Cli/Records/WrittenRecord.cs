using System.Text.Json.Nodes;
using Aixv.Cli.Output;
using Aixv.Cli.Signing;
using Aixv.Protocol.Records;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Bundles;

namespace Aixv.Cli.Records;

/// <summary>What the commands that write a record answer (docs/cli.md, "Records").</summary>
internal sealed record WrittenRecord : IOutcome
{
    public required StoredRecord Stored { get; init; }

    /// <summary>As the user would write it.</summary>
    public required string Path { get; init; }

    /// <summary>As the user would write it; null where the record is not signed.</summary>
    public required string? BundlePath { get; init; }

    public required bool IsStaging { get; init; }

    /// <summary>Whether <c>--no-sign</c> was given.</summary>
    public required bool WasForbidden { get; init; }

    public int ExitCode => Cli.ExitCode.Ok;

    private string WhyUnsigned => WasForbidden ? "--no-sign was given" : "--sign was not given";

    private SignedBy? Signer => Stored.BundlePath is { } path ? SignedBy.Read(Bundle.Parse(File.ReadAllBytes(path))) : null;

    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["ok"] = true,
            ["kind"] = Stored.Record.Kind,
            ["record_id"] = Stored.Record.Id.Value,
            ["record_path"] = Path,
            ["path"] = Path,
            ["digest"] = Digest.Of(Stored.Bytes.Span).ToString(),
            ["record"] = Stored.Record.ToJson(),
            ["created"] = Stored.IsNew,
            ["signed"] = BundlePath is not null,
        };
        // The names that scripts for the Python package know: policy_id, advisory_id, bundle_id.
        if (Stored.Record.Kind is RecordKinds.Policy or RecordKinds.Advisory or RecordKinds.Bundle)
        {
            json[$"{Stored.Record.Kind}_id"] = Stored.Record.Id.Value;
        }

        if (Signer is { } signer)
        {
            json["signature"] = new JsonObject
            {
                ["bundle_path"] = BundlePath,
                ["identity"] = signer.ToJson(),
                ["key_hint"] = signer.KeyHint,
                ["log_indexes"] = signer.LogIndexesToJson(),
                ["staging"] = IsStaging,
            };
        }
        else
        {
            json["unsigned_reason"] = WhyUnsigned;
        }

        return json;
    }

    public void Describe(Report report)
    {
        var signer = Signer;
        var done = Stored.IsNew ? "written" : "there already";
        report.Title(good: true, $"{Stored.Record.Kind} {Stored.Record.Id}: {done}{(signer is null ? ", not signed" : ", signed")}");
        report.Row("record", Path);
        report.Row("digest", Digest.Of(Stored.Bytes.Span).ToString());
        if (signer is null)
        {
            report.Row("unsigned", WhyUnsigned);
        }
        else
        {
            signer.Describe(report);
            report.Row("bundle", BundlePath);
        }
    }
}
