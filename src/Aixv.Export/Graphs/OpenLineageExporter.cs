using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Protocol.Statements;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Export.Graphs;

/// <summary>OpenLineage 2-0-2: the training run as a START and a COMPLETE event, a line each.</summary>
internal sealed partial class OpenLineageExporter()
    : Exporter(new("openlineage", "OpenLineage", "2-0-2", "application/x-ndjson", ".openlineage.ndjson", ExportCategory.Graph))
{
    private const string Producer = "https://aixv.org/exports";
    private const string Schema = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent";
    private const string Namespace = "aixv";

    public override IReadOnlyList<string> Missing(Dossier dossier)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        return dossier.Training is null ? ["a training attestation (aixv attest --predicate training)"] : base.Missing(dossier);
    }

    protected override void WriteDocument(Dossier dossier, Stream output)
    {
        var end = dossier.Run?.FinishedOn ?? dossier.Training?.Time ?? dossier.Time;
        Write(Event(dossier, "START", dossier.Run?.StartedOn ?? end), output);
        Write(Event(dossier, "COMPLETE", end), output);
    }

    private static void Write(JsonObject value, Stream output)
    {
        using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JsonExporter.Encoder }))
        {
            JsonText.Write(writer, value);
        }

        output.WriteByte((byte)'\n');
    }

    private static JsonObject Event(Dossier dossier, string type, DateTimeOffset time) => new()
    {
        ["eventTime"] = time.ToRfc3339(),
        ["eventType"] = type,
        ["producer"] = Producer,
        ["schemaURL"] = Schema,
        ["run"] = new JsonObject { ["runId"] = NameUuid.Of("openlineage", dossier.Artifact.Digest, "run").ToString(), ["facets"] = RunFacets(dossier) },
        ["job"] = new JsonObject { ["namespace"] = Namespace, ["name"] = $"training of {dossier.Artifact.Digest}", ["facets"] = JobFacets(dossier) },
        ["inputs"] = Inputs(dossier),
        ["outputs"] = new JsonArray(Dataset(dossier.Artifact.Digest, dossier.Artifact.Digest.ToString(), dossier.Artifact.Name, dossier.Artifact.Uri, "MODEL", [("version", dossier.Artifact.Version)])),
    };

    private static JsonObject RunFacets(Dossier dossier)
    {
        var run = dossier.Run;
        var facets = new JsonObject();
        if (run?.FrameworkVersion is { } version)
        {
            facets["processing_engine"] = Facet("1-1-1", "ProcessingEngineRunFacet", new JsonObject { ["version"] = version }.With("name", run.Framework));
        }

        if (run?.Hyperparameters is { Count: > 0 } parameters)
        {
            facets["executionParameters"] = Facet("1-0-0", "ExecutionParametersRunFacet", new JsonObject
            {
                ["parameters"] = parameters.Select(p => (JsonNode?)new JsonObject { ["key"] = p.Key, ["name"] = p.Key, ["value"] = Value(p.Value) }).ToJsonArray(),
            });
        }

        if (run?.EnvironmentDigest is { } environment)
        {
            facets["environmentVariables"] = Facet("1-0-0", "EnvironmentVariablesRunFacet", new JsonObject
            {
                ["environmentVariables"] = new JsonArray(new JsonObject { ["name"] = "environment_digest", ["value"] = environment.ToString() }),
            });
        }

        facets["tags"] = Facet("1-0-0", "TagsRunFacet", new JsonObject { ["tags"] = Tags(RunTags(dossier)) });
        return facets;
    }

    private static IEnumerable<(string, string?)> RunTags(Dossier dossier)
    {
        yield return ("attested", dossier.Training?.Bundle is null ? "false" : "true");
        yield return ("started", dossier.Run?.StartedOn is null ? "not stated" : "stated");
        yield return ("finished", dossier.Run?.FinishedOn is null ? "not stated" : "stated");
        yield return ("framework", dossier.Run?.Framework);
        yield return ("invocation", dossier.Run?.InvocationId);
        yield return ("parents", dossier.Parents switch { null => "not known", { Length: 0 } => "none: trained from scratch", _ => null });
        yield return ("signer", dossier.Signer?.Subject);
        if (EvidencePointer.Of(dossier) is { } evidence)
        {
            yield return ("bundle", evidence.Location);
            yield return ("bundle_sha256", evidence.Digest.Hex);
            yield return ("log_index", evidence.LogIndex?.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static JsonObject JobFacets(Dossier dossier)
    {
        var facets = new JsonObject
        {
            ["jobType"] = Facet("2-0-4", "JobTypeJobFacet", new JsonObject { ["processingType"] = "BATCH", ["integration"] = "AIXV", ["jobType"] = "TRAINING" }),
        };
        if (Uris.AbsoluteOrNull(dossier.Run?.CodeUri) is { } uri)
        {
            var revision = Revision.Match(uri);
            facets["sourceCodeLocation"] = Facet("1-1-0", "SourceCodeLocationJobFacet", new JsonObject { ["type"] = revision.Success ? "git" : "other", ["url"] = uri }
                .With("repoUrl", revision.Success ? uri[..revision.Index] : null)
                .With("version", revision.Success ? revision.Value[1..] : null));
        }

        return facets.With("tags", dossier.Run?.CodeDigest is { } code ? Facet("1-0-0", "TagsJobFacet", new JsonObject { ["tags"] = Tags([("code_digest", code.ToString())]) }) : null);
    }

    private static JsonArray Inputs(Dossier dossier) => (dossier.Parents ?? []).Select(p => (Reference: p, Type: "MODEL"))
        .Concat((dossier.Datasets ?? []).Select(d => (Reference: d, Type: "DATASET")))
        .DistinctBy(input => (input.Reference.Key, input.Reference.Split))
        .Select(input => (JsonNode?)Dataset(
            input.Reference.Digest, input.Reference.Key, input.Reference.Label, input.Reference.Uri, input.Type,
            [("split", input.Reference.Split), ("relation", input.Reference.Relation), ("recalled_by", input.Reference.RecalledBy.IsEmpty ? null : string.Join(' ', input.Reference.RecalledBy))]))
        .ToJsonArray();

    private static JsonObject Dataset(Digest? digest, string key, string name, string? uri, string type, IEnumerable<(string, string?)> tags)
    {
        var facets = new JsonObject { ["datasetType"] = Facet("1-0-1", "DatasetTypeDatasetFacet", new JsonObject { ["datasetType"] = type }) };
        if (digest is not null)
        {
            facets["version"] = Facet("1-0-1", "DatasetVersionDatasetFacet", new JsonObject { ["datasetVersion"] = digest.ToString() });
        }

        var identifiers = new JsonArray();
        foreach (var (space, other) in new[] { ("name", name), ("uri", uri) })
        {
            if (other is not null && other != key)
            {
                identifiers.Add((JsonNode)new JsonObject { ["namespace"] = space, ["name"] = other, ["type"] = type });
            }
        }

        facets.With("symlinks", identifiers.Count == 0 ? null : Facet("1-0-1", "SymlinksDatasetFacet", new JsonObject { ["identifiers"] = identifiers }));
        var list = Tags(tags);
        facets.With("tags", list.Count == 0 ? null : Facet("1-0-0", "TagsDatasetFacet", new JsonObject { ["tags"] = list }));
        return new JsonObject { ["namespace"] = Namespace, ["name"] = key, ["facets"] = facets };
    }

    private static JsonArray Tags(IEnumerable<(string Key, string? Value)> tags) => tags
        .Where(tag => tag.Value is not null)
        .Select(tag => (JsonNode?)new JsonObject { ["key"] = tag.Key, ["value"] = tag.Value, ["source"] = "AIXV" })
        .ToJsonArray();

    private static JsonObject Facet(string version, string name, JsonObject members)
    {
        var facet = new JsonObject { ["_producer"] = Producer, ["_schemaURL"] = $"https://openlineage.io/spec/facets/{version}/{name}.json#/$defs/{name}" };
        foreach (var (member, value) in members.ToList())
        {
            members.Remove(member);
            facet[member] = value;
        }

        return facet;
    }

    private static string Value(JsonNode? value) => JsonMembers.Text(value) ?? Encoding.UTF8.GetString(SortedJson.Serialize(value));

    [GeneratedRegex("@[0-9a-f]{40}$", RegexOptions.CultureInvariant)]
    private static partial Regex Revision { get; }

    public override bool Recognizes(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var first = document.JsonObject ?? (document.Text is { } text ? NdjsonLines.Read(text).FirstOrDefault().Value as JsonObject : null);
        return JsonMembers.Text(first, "schemaURL")?.StartsWith("https://openlineage.io/spec/", StringComparison.Ordinal) == true;
    }

    public override IEnumerable<string> Faults(DocumentProbe document) => (document.JsonObject is { } one ? [(1, one)] : NdjsonLines.Read(document.Text!))
        .SelectMany(line => JsonPlace.Check(line.Item2, Check).Select(fault => $"event {line.Item1}: {fault}"));

    private static void Check(JsonPlace root)
    {
        root.Text("eventTime", required: true);
        root.Text("producer", required: true);
        root.Text("schemaURL", required: true);
        if (root.Has("run") && root.Object("run")?.Text("runId", required: true) is { } run && !Guid.TryParseExact(run, "D", out _))
        {
            root.Fault("run.runId: a UUID is expected");
        }

        foreach (var named in new[] { root.Object("job", required: root.Has("run")), root.Object("dataset") }.OfType<JsonPlace>().Concat(root.Objects("inputs")).Concat(root.Objects("outputs")))
        {
            named.Text("namespace", required: true);
            named.Text("name", required: true);
        }
    }
}
