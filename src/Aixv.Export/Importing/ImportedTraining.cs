using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Protocol.Predicates;
using Aixv.Protocol.Statements;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Json;

namespace Aixv.Export.Importing;

/// <summary>What a document says of how artifacts came to be, in the dossier's own terms: it becomes a training claim that a dossier reads as the same facts.</summary>
public sealed record ImportedTraining
{
    /// <summary>At least one.</summary>
    public required ImmutableArray<StatementSubject> Subjects { get; init; }

    /// <summary>Null: the document says nothing of parents. Empty: it says that there are none.</summary>
    public ImmutableArray<ReferenceFacts>? Parents { get; init; }

    /// <summary>Null: the document says nothing of datasets.</summary>
    public ImmutableArray<ReferenceFacts>? Datasets { get; init; }

    /// <summary>Null where the document describes no run.</summary>
    public TrainingFacts? Run { get; init; }

    /// <summary>Whether there is anything to claim.</summary>
    public bool IsEmpty => Parents is null && Datasets is null && Run is null;

    /// <summary>The claim, with where it was read from among its metadata.</summary>
    /// <param name="format">The id of the format that the document was read as.</param>
    /// <exception cref="FormatException">It is not a valid claim; the message names every place.</exception>
    public ImportedStatement ToStatement(string format, DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var claim = new JsonObject();
        Add(claim, "parent_models", Parents);
        Add(claim, "datasets", Datasets);
        if (Run is { } run)
        {
            var described = Describe(run);
            if (described.Count > 0)
            {
                claim["training_run"] = described;
            }

            Add(claim, "hyperparameters", run.Hyperparameters);
            Add(claim, "compute", run.Compute);
        }

        claim["metadata"] = new JsonObject
        {
            ["imported_from"] = new JsonObject { ["format"] = format, ["digest"] = Digest.Of(document.Bytes.Span).ToString() },
        };
        return ImportedStatement.Of(new Statement(Subjects, PredicateTypes.Read("training", claim)));
    }

    private static void Add(JsonObject claim, string name, ImmutableArray<ReferenceFacts>? references)
    {
        if (references is { } found)
        {
            claim[name] = new JsonArray([.. found.Select(Describe)]);
        }
    }

    private static void Add(JsonObject claim, string name, JsonObject values)
    {
        if (values.Count > 0)
        {
            claim[name] = values.DeepClone();
        }
    }

    private static JsonObject Describe(ReferenceFacts reference)
    {
        var json = new JsonObject();
        Add(json, "name", reference.Name);
        Add(json, "uri", reference.Uri);
        Add(json, "digest", reference.Digest?.ToString());
        Add(json, "split", reference.Split);
        Add(json, "relation", reference.Relation);
        return json;
    }

    private static JsonObject Describe(TrainingFacts run)
    {
        var json = new JsonObject();
        Add(json, "framework", run.Framework);
        Add(json, "framework_version", run.FrameworkVersion);
        Add(json, "code_uri", run.CodeUri);
        Add(json, "code_digest", run.CodeDigest?.ToString());
        Add(json, "environment_uri", run.EnvironmentUri);
        Add(json, "environment_digest", run.EnvironmentDigest?.ToString());
        Add(json, "started_on", run.StartedOn is { } start ? Rfc3339.Format(start) : null);
        Add(json, "finished_on", run.FinishedOn is { } end ? Rfc3339.Format(end) : null);
        Add(json, "invocation_id", run.InvocationId);
        foreach (var (name, value) in run.Others)
        {
            json.TryAdd(name, value?.DeepClone());
        }

        return json;
    }

    private static void Add(JsonObject json, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            json[name] = value;
        }
    }
}
