using System.Globalization;
using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;

namespace Aixv.Export.Catalogs;

/// <summary>MLflow <c>MLmodel</c>: what MLflow reads, with the facts in its free metadata.</summary>
internal sealed class MlflowModelExporter() : YamlExporter(
    new("mlflow-mlmodel", "MLflow MLmodel", "2", "text/yaml", ".MLmodel", ExportCategory.Catalog) { FileName = "MLmodel" })
{
    protected override JsonObject Build(Dossier dossier)
    {
        var created = dossier.Run?.FinishedOn ?? dossier.Declared.ReleasedAt ?? dossier.Time;
        var flavours = new JsonObject();
        if (dossier.Declared.Library is { } library && library.All(unit => char.IsAsciiLetterOrDigit(unit) || unit is '_' or '-' or '.'))
        {
            flavours[library] = new JsonObject().With("code", null);
        }

        var evidence = EvidencePointer.Of(dossier);
        return new JsonObject
        {
            ["flavors"] = flavours,
            ["model_uuid"] = NameUuid.Of("mlflow-mlmodel", dossier.Artifact.Digest).ToString("N"),
            ["utc_time_created"] = created.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        }
        .With("model_size_bytes", dossier.Artifact.Size)
        .With("run_id", dossier.Run?.InvocationId)
        .With("metadata", new JsonObject
        {
            ["aixv.digest"] = dossier.Artifact.Digest.ToString(),
            ["aixv.name"] = dossier.Artifact.Name,
            ["aixv.attested"] = dossier.Training?.Bundle is not null,
        }
        .With("aixv.parents", (dossier.Parents ?? []).Select(p => (JsonNode?)Reference(p)).ToJsonArray())
        .With("aixv.trained_from_scratch", dossier.Parents is { Length: 0 } ? true : null)
        .With("aixv.datasets", (dossier.Datasets ?? []).Select(d => (JsonNode?)Reference(d)).ToJsonArray())
        .With("aixv.signer", dossier.Signer?.Subject)
        .With("aixv.bundle", evidence?.Location)
        .With("aixv.bundle_sha256", evidence?.Digest.Hex)
        .With("aixv.log_index", evidence?.LogIndex));
    }

    private static JsonObject Reference(ReferenceFacts reference) => new JsonObject()
        .With("digest", reference.Digest?.ToString()).With("name", reference.Name).With("uri", reference.Uri).With("split", reference.Split);

    protected override bool Recognizes(IReadOnlyDictionary<string, string> members) => members.ContainsKey("flavors") && (members.ContainsKey("model_uuid") || members.ContainsKey("utc_time_created") || members.ContainsKey("mlflow_version"));

    protected override IEnumerable<string> Faults(IReadOnlyDictionary<string, string> members)
    {
        if (members.TryGetValue("model_uuid", out var uuid) && !Guid.TryParse(uuid, out _))
        {
            yield return "model_uuid: a UUID is expected";
        }

        if (members.TryGetValue("utc_time_created", out var time) && !DateTime.TryParse(time, CultureInfo.InvariantCulture, out _))
        {
            yield return "utc_time_created: a time is expected";
        }
    }
}
