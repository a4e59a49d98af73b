using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aixv.Cli.Output;
using Aixv.Export.Formats;

namespace Aixv.Cli.Exporting;

/// <summary>What <c>aixv export</c> answers (aixv-protocol §5).</summary>
internal sealed record ExportOutcome : IOutcome
{
    public required string Artifact { get; init; }

    public required GatheredDossier Gathered { get; init; }

    public IReadOnlyList<WrittenExport> Written { get; init; } = [];

    /// <summary>The formats that could not be written, with what they miss.</summary>
    public IReadOnlyList<(ExportFormat Format, IReadOnlyList<string> Missing)> Refused { get; init; } = [];

    /// <summary>Whether a refusal is a failure: the user named the format.</summary>
    public bool RefusalFails { get; init; }

    /// <summary>The one document that goes to standard output; null otherwise.</summary>
    public (ExportFormat Format, byte[] Document)? Content { get; init; }

    private string? Error => !Gathered.Attestations.Violations.IsEmpty ? string.Join("; ", Gathered.Attestations.Violations)
        : RefusalFails && Refused.Count > 0 ? string.Join("; ", Refused.Select(r => $"{r.Format.Id} needs {string.Join("; and ", r.Missing)}"))
        : null;

    public int ExitCode => Error is null ? Cli.ExitCode.Ok : Cli.ExitCode.Rejected;

    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["ok"] = Error is null,
            ["artifact"] = Artifact,
            ["artifact_digest"] = Gathered.Dossier.Artifact.Digest.ToString(),
            ["exports"] = new JsonArray([.. Written.Select(w => w.ToJson())]),
            ["refused"] = new JsonArray([.. Refused.Select(r => new JsonObject
            {
                ["format"] = r.Format.Id,
                ["missing"] = new JsonArray([.. r.Missing.Select(m => (JsonNode)m)]),
            })]),
            ["warnings"] = new JsonArray([.. Gathered.Warnings.Select(w => (JsonNode)w)]),
        };
        if (Content is { } content)
        {
            json["export"] = Describe(content.Format, content.Document);
        }
        else if (Written is [var only])
        {
            json["export"] = Envelope(only.Format);
        }

        if (Error is { } error)
        {
            json["error"] = error;
            json["command"] = "export";
        }

        return json;
    }

    /// <summary>The envelope of the Python package, with the document in it.</summary>
    private JsonObject Describe(ExportFormat format, byte[] document)
    {
        var json = Envelope(format);
        if (TryParse(document) is { } parsed)
        {
            json["content"] = parsed;
            if (format.Id == "in-toto-statement")
            {
                json["statements"] = new JsonArray([.. Gathered.Dossier.Attestations.Select(a => a.Statement.DeepClone())]);
            }
            else if (parsed["predicateType"] is not null)
            {
                json["statement"] = parsed.DeepClone();
            }
        }
        else if (format.MediaType.StartsWith("text/", StringComparison.Ordinal) || format.MediaType.Contains("xml", StringComparison.Ordinal) || format.MediaType.Contains("json", StringComparison.Ordinal))
        {
            json["text"] = Encoding.UTF8.GetString(document);
        }
        else
        {
            json["base64"] = Convert.ToBase64String(document);
        }

        return json;
    }

    private JsonObject Envelope(ExportFormat format) => new()
    {
        ["format"] = format.Aliases is [var alias, ..] ? alias : format.Id,
        ["id"] = format.Id,
        ["standard"] = format.Standard,
        ["standard_version"] = format.Version,
        ["media_type"] = format.MediaType,
        ["artifact"] = Artifact,
        ["artifact_digest"] = Gathered.Dossier.Artifact.Digest.ToString(),
        ["attestation_count"] = Gathered.Attestations.Total,
        ["attestation_trust"] = Gathered.Attestations.ToJson(),
        ["attestation_violations"] = new JsonArray([.. Gathered.Attestations.Violations.Select(v => (JsonNode)v)]),
    };

    private static JsonObject? TryParse(byte[] document)
    {
        try
        {
            return JsonNode.Parse(document, null, new JsonDocumentOptions { MaxDepth = 256 }) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public void Describe(Report report)
    {
        foreach (var warning in Gathered.Warnings)
        {
            report.Warning(warning);
        }

        if (Written.Count > 0)
        {
            report.Title(Error is null, string.Create(CultureInfo.InvariantCulture, $"{Written.Count} {(Written.Count == 1 ? "document" : "documents")} about {Artifact}"));
            report.Row("digest", Gathered.Dossier.Artifact.Digest.ToString());
            foreach (var written in Written)
            {
                report.Line($"  {written.Path}{(written.Signature is { } signature ? $"  (signed: {signature})" : "")}");
            }
        }

        foreach (var (format, missing) in RefusalFails ? [] : Refused)
        {
            report.Row("left out", $"{format.Id}: it needs {string.Join("; and ", missing)}");
        }

        if (Error is { } error)
        {
            report.Error(error);
        }
    }
}
