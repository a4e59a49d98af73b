using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Aixv.Export.Attestations;
using Aixv.Export.Dossiers;
using Aixv.Protocol.Statements;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Export.Importing;

/// <summary>Reads a build as a training run: what of its inputs is a parent model, a dataset, the code, the environment.</summary>
internal static class BuildReading
{
    private static readonly string[] DatasetHubs = ["hf://datasets/", "https://huggingface.co/datasets/"];
    private static readonly string[] ModelHubs = ["hf://", "https://huggingface.co/", "pkg:huggingface/", "pkg:mlflow/"];

    /// <summary>The claim; null for a build that is no training, as most builds are not.</summary>
    public static ImportedTraining? Read(BuildDescription build, ImmutableArray<StatementSubject> subjects)
    {
        var inputs = build.Inputs.Select(input => (Role: RoleOf(input), Input: input)).ToList();
        var named = build.IsTraining && build.Internals[TrainingBuild.NamedInputs] is JsonArray list ? list.OfType<JsonObject>().ToList() : [];
        var parents = References(Descriptors.ParentRole);
        var datasets = References(Descriptors.DatasetRole);
        return !build.IsTraining && parents is null && datasets is null ? null : new ImportedTraining
        {
            Subjects = subjects,
            Parents = parents ?? (build.IsTraining && build.Internals[TrainingBuild.FromScratch] is JsonValue value && value.TryGetValue<bool>(out var scratch) && scratch
                ? [] : default(ImmutableArray<ReferenceFacts>?)),
            Datasets = datasets,
            Run = Run(build, Place(Descriptors.SourceRole), Place(Descriptors.EnvironmentRole)),
        };

        ImmutableArray<ReferenceFacts>? References(string role)
        {
            ImmutableArray<ReferenceFacts> found =
            [
                .. inputs.Where(i => i.Role == role).Select(i => Reference(i.Input, i.Input["annotations"] as JsonObject ?? [])),
                .. named.Where(n => n.Text("role") == role).Select(n => Reference(n, n)),
            ];
            found = [.. found.Where(r => r is not { Digest: null, Uri: null, Name: null })];
            return found.IsEmpty ? default(ImmutableArray<ReferenceFacts>?) : found;
        }

        JsonObject? Place(string role) => inputs.Find(i => i.Role == role).Input ?? named.Find(n => n.Text("role") == role);
    }

    private static ReferenceFacts Reference(JsonObject input, JsonObject annotations) => new()
    {
        Digest = Sha256(input),
        Uri = input.Text("uri") ?? input.Text("downloadLocation") ?? annotations.Text("statedUri"),
        Name = input.Text("name"),
        Split = annotations.Text("split"),
        Relation = annotations.Text("relation"),
    };

    private static TrainingFacts? Run(BuildDescription build, JsonObject? code, JsonObject? environment)
    {
        var run = new TrainingFacts
        {
            Framework = build.IsTraining ? build.Parameters.Text(TrainingBuild.Framework) : null,
            FrameworkVersion = build.IsTraining ? build.Parameters.Text(TrainingBuild.FrameworkVersion) : null,
            Hyperparameters = Values(build, build.Parameters, TrainingBuild.Hyperparameters),
            Compute = Values(build, build.Internals, TrainingBuild.Compute),
            Others = Values(build, build.Internals, TrainingBuild.Run),
            CodeUri = CodeUri(code),
            CodeDigest = code is null ? null : Sha256(code),
            EnvironmentUri = Address(environment),
            EnvironmentDigest = environment is null ? null : Sha256(environment),
            InvocationId = build.InvocationId,
            StartedOn = build.StartedOn,
            FinishedOn = build.FinishedOn,
        };
        return IsEmpty(run) ? null : run;
    }

    private static bool IsEmpty(TrainingFacts run) => run is
    {
        Framework: null, FrameworkVersion: null, CodeUri: null, CodeDigest: null, EnvironmentUri: null, EnvironmentDigest: null, InvocationId: null, StartedOn: null, FinishedOn: null,
        Hyperparameters.Count: 0, Compute.Count: 0, Others.Count: 0,
    };

    private static JsonObject Values(BuildDescription build, JsonObject owner, string name) => build.IsTraining && owner[name] is JsonObject values ? values : [];

    private static string? Address(JsonObject? place) => place is null ? null : place.Text("uri") ?? place.Text("downloadLocation") ?? (place["annotations"] ?? place).Text("statedUri");

    /// <summary>The address with the commit after an <c>@</c>, in place of a branch or tag: a claim has no other place for it.</summary>
    private static string? CodeUri(JsonObject? code)
    {
        var uri = Address(code);
        var commit = code?["digest"].Text("gitCommit");
        if (uri is null || commit is null || uri.Contains(commit, StringComparison.Ordinal) || Descriptors.Commit($"x@{commit}") is null)
        {
            return uri;
        }

        var at = uri.IndexOf('@', uri.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme && uri.IndexOf('/', scheme + 3) is >= 0 and var path ? path : 0);
        return $"{(at < 0 ? uri : uri[..at])}@{commit}";
    }

    /// <summary>By what the producer says, else by the address; null for what is neither.</summary>
    private static string? RoleOf(JsonObject input)
    {
        var annotations = input["annotations"];
        var stated = (annotations.Text("aixv.org/role") ?? annotations.Text("role"))?.Trim().ToLowerInvariant().Replace('_', '-');
        return stated switch
        {
            Descriptors.ParentRole or "parent" or "base-model" or "model" or "checkpoint" or "adapter" => Descriptors.ParentRole,
            Descriptors.DatasetRole or "data" or "training-data" or "train" => Descriptors.DatasetRole,
            Descriptors.SourceRole or "code" => Descriptors.SourceRole,
            Descriptors.EnvironmentRole => Descriptors.EnvironmentRole,
            not null => null,
            null => ByAddress(input),
        };
    }

    private static string? ByAddress(JsonObject input)
    {
        var uri = input.Text("uri") ?? "";
        return DatasetHubs.Any(hub => uri.StartsWith(hub, StringComparison.OrdinalIgnoreCase)) ? Descriptors.DatasetRole
            : ModelHubs.Any(hub => uri.StartsWith(hub, StringComparison.OrdinalIgnoreCase)) ? Descriptors.ParentRole
            : uri.StartsWith("git+", StringComparison.OrdinalIgnoreCase) || input["digest"].Text("gitCommit") is not null ? Descriptors.SourceRole
            : null;
    }

    private static Digest? Sha256(JsonObject input) => input["digest"].Text("sha256") is { } hex && Digest.TryParse(hex, out var digest) ? digest : null;
}
