using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Aixv.Export.Attestations;

namespace Aixv.Export.Importing;

/// <summary>What the predicates about builds have in common: SLSA provenance of both versions, and in-toto links.</summary>
/// <param name="IsTraining">Whether the build is of AIXV's own type: a training run in the words of <see cref="TrainingBuild"/>.</param>
/// <param name="Parameters">What whoever started it chose.</param>
/// <param name="Internals">What it had of itself.</param>
/// <param name="Inputs">Resource descriptors, with what each is among its annotations.</param>
internal sealed record BuildDescription(bool IsTraining, JsonObject Parameters, JsonObject Internals, ImmutableArray<JsonObject> Inputs)
{
    private const string OldLinks = "https://in-toto.io/Link/";
    private const string Links = "https://in-toto.io/attestation/link/";

    public string? InvocationId { get; private init; }

    public DateTimeOffset? StartedOn { get; private init; }

    public DateTimeOffset? FinishedOn { get; private init; }

    /// <summary>The build that a predicate describes; null where it describes none.</summary>
    public static BuildDescription? Of(string predicateType, JsonObject predicate) => predicateType switch
    {
        SlsaProvenanceV1Exporter.Type => OfV1(predicate),
        SlsaProvenanceV02Exporter.Type => OfV02(predicate),
        _ when predicateType.StartsWith(Links, StringComparison.Ordinal) || predicateType.StartsWith(OldLinks, StringComparison.Ordinal) => OfLink(predicate),
        _ => null,
    };

    private static BuildDescription OfV1(JsonObject predicate)
    {
        var (build, metadata) = (Member(predicate, "buildDefinition"), Member(Member(predicate, "runDetails"), "metadata"));
        return new BuildDescription(
            build.Text("buildType") == TrainingBuild.Type, Member(build, "externalParameters"), Member(build, "internalParameters"), Descriptors(build, "resolvedDependencies"))
        {
            InvocationId = metadata.Text("invocationId"),
            StartedOn = Time(metadata, "startedOn"),
            FinishedOn = Time(metadata, "finishedOn"),
        };
    }

    private static BuildDescription OfV02(JsonObject predicate)
    {
        var (config, metadata) = (Member(predicate, "buildConfig"), Member(predicate, "metadata"));
        var materials = Descriptors(predicate, "materials");
        var described = Descriptors(config, SlsaProvenanceV02Exporter.Inputs);
        var isTraining = predicate.Text("buildType") == TrainingBuild.Type;
        return new BuildDescription(
            isTraining,
            Member(Member(predicate, "invocation"), "parameters"),
            config,
            [.. materials.Select((material, i) => OfMaterial(material, isTraining && described.Length == materials.Length ? described[i] : null))])
        {
            InvocationId = metadata.Text("buildInvocationId"),
            StartedOn = Time(metadata, "buildStartedOn"),
            FinishedOn = Time(metadata, "buildFinishedOn"),
        };
    }

    private static BuildDescription OfLink(JsonObject predicate)
    {
        var environment = Member(predicate, "environment");
        return new BuildDescription(
            Member(environment, TrainingBuild.Claim).Count > 0 && predicate.Text("name") == "train", environment, environment, Descriptors(predicate, "materials"))
        {
            InvocationId = environment.Text("invocationId"),
        };
    }

    /// <summary>A material with what else is known of it; git's commits are called by their hash function there.</summary>
    private static JsonObject OfMaterial(JsonObject material, JsonObject? described)
    {
        var descriptor = material.DeepClone().AsObject();
        if (descriptor["digest"] is JsonObject digests && digests.Remove("sha1", out var commit))
        {
            digests["gitCommit"] = commit;
        }

        if (described is not null)
        {
            var annotations = described.DeepClone().AsObject();
            if (annotations.Remove("name", out var name))
            {
                descriptor["name"] = name;
            }

            descriptor["annotations"] = annotations;
        }

        return descriptor;
    }

    private static JsonObject Member(JsonObject owner, string name) => owner[name] as JsonObject ?? [];

    private static ImmutableArray<JsonObject> Descriptors(JsonObject owner, string name) => owner[name] is JsonArray list ? [.. list.OfType<JsonObject>()] : [];

    private static DateTimeOffset? Time(JsonObject owner, string name) =>
        owner.Text(name) is { } text && Sigstore.Json.Rfc3339.TryParse(text, out var time) ? time : null;
}
