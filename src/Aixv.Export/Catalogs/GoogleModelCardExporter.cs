using System.Text;
using System.Text.Json.Nodes;
using Aixv.Export.Boms;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Protocol.Statements;

namespace Aixv.Export.Catalogs;

/// <summary>Model Card Toolkit 0.0.2.</summary>
internal sealed class GoogleModelCardExporter()
    : JsonExporter(new("google-model-card", "Model Card Toolkit", "0.0.2", "application/json", ".model-card.json", ExportCategory.Catalog))
{
    private static readonly HashSet<string> Members = new(StringComparer.Ordinal) { "schema_version", "model_details", "model_parameters", "quantitative_analysis", "considerations" };

    protected override JsonNode Build(Dossier dossier)
    {
        var (artifact, declared) = (dossier.Artifact, dossier.Declared);
        var details = new JsonObject { ["name"] = artifact.Name }
            .With("overview", declared.Description)
            .With("documentation", Documentation(dossier))
            .With("owners", SchemaOrg.Authors(declared).Select(a => (JsonNode?)new JsonObject { ["name"] = a.Name }.With("contact", a.Email ?? a.Url)).ToJsonArray())
            .With("version", new JsonObject().With("name", artifact.Version).With("date", declared.ReleasedAt?.ToDate()))
            .With("licenses", declared.Licence is null ? null : new JsonArray(LicenceExpression.IdOrNull(declared.Licence) is { } id
                ? new JsonObject { ["identifier"] = id }
                : new JsonObject { ["custom_text"] = declared.Licence }))
            .With("references", References(dossier).Select(text => (JsonNode?)new JsonObject { ["reference"] = text }).ToJsonArray())
            .With("path", artifact.Uri);
        return new JsonObject { ["schema_version"] = "0.0.2", ["model_details"] = details }
            .With("model_parameters", new JsonObject()
                .With("model_architecture", string.Join(", ", new[] { declared.ArchitectureFamily, declared.Architecture }.OfType<string>()) is { Length: > 0 } architecture ? architecture : null)
                .With("data", (dossier.Datasets ?? []).Select(d => (JsonNode?)Dataset(d)).ToJsonArray()))
            .With("quantitative_analysis", new JsonObject().With("performance_metrics", dossier.Benchmarks.Select(b => (JsonNode?)Metric(b)).ToJsonArray()))
            .With("considerations", new JsonObject()
                .With("use_cases", declared.IntendedUse is null ? null : new JsonArray(new JsonObject { ["description"] = declared.IntendedUse }))
                .With("limitations", declared.Limitations is null ? null : new JsonArray(new JsonObject { ["description"] = declared.Limitations })));
    }

    private static string Documentation(Dossier dossier)
    {
        var evidence = EvidencePointer.Of(dossier) is { } pointer
            ? $"Signed evidence: bundle {pointer.Location ?? ""} sha256:{pointer.Digest.Hex}{(pointer.LogIndex is { } index ? $", log index {index}" : "")}. "
            : "";
        var parents = dossier.Parents switch
        {
            null => "",
            { Length: 0 } => "Trained from scratch, as the training claim says. ",
            { } known => $"Parent models: {string.Join(", ", known.Select(p => p.Label))}. ",
        };
        return $"{evidence}{parents}{SchemaOrg.Standing}";
    }

    private static IEnumerable<string> References(Dossier dossier)
    {
        yield return dossier.Artifact.Urn;
        if (EvidencePointer.Of(dossier) is { } evidence)
        {
            yield return $"urn:sha256:{evidence.Digest.Hex}";
        }

        foreach (var parent in dossier.Parents ?? [])
        {
            if (SchemaOrg.Id(parent) is { } id)
            {
                yield return id;
            }
        }
    }

    private static JsonObject Dataset(ReferenceFacts dataset) => new JsonObject { ["name"] = dataset.Label }
        .With("link", Uris.WebOrNull(dataset.Uri))
        .With("description", string.Join("; ", new[] { dataset.Split is { } split ? $"split {split}" : null, dataset.Digest?.ToString() }.OfType<string>()) is { Length: > 0 } text ? text : null);

    private static JsonObject Metric(BenchmarkFacts benchmark) => new JsonObject { ["type"] = benchmark.Metric, ["slice"] = benchmark.Name }
        .With("value", benchmark.Value is null ? null : JsonMembers.Text(benchmark.Value) ?? Encoding.UTF8.GetString(SortedJson.Serialize(benchmark.Value)));

    public override bool Recognizes(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.JsonObject?["model_details"] is JsonObject && document.JsonObject.All(member => Members.Contains(member.Key));
    }

    public override IEnumerable<string> Faults(DocumentProbe document) => JsonPlace.Check(document.JsonObject, root =>
    {
        var details = root.Object("model_details", required: true);
        details?.Text("name", required: true);
        foreach (var licence in details?.Objects("licenses") ?? [])
        {
            if (licence.Has("identifier") == licence.Has("custom_text"))
            {
                licence.Fault("either identifier or custom_text is expected");
            }
        }
    });
}
