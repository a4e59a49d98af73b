using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Sigstore.Json;

namespace Aixv.Export.Attestations;

/// <summary>SLSA Provenance v1: the training run as a build.</summary>
internal sealed class SlsaProvenanceV1Exporter() : StatementExporter(
    Describe("slsa-provenance-v1", "SLSA Provenance", "v1", ExportNeeds.Training, ".slsa.json") with { Aliases = ["slsa"] })
{
    internal const string Type = "https://slsa.dev/provenance/v1";

    protected override string PredicateType => Type;

    protected override JsonNode Build(Dossier dossier)
    {
        var metadata = new JsonObject();
        Descriptors.Add(metadata, "invocationId", dossier.Run?.InvocationId);
        Descriptors.Add(metadata, "startedOn", dossier.Run?.StartedOn is { } start ? Rfc3339.Format(start) : null);
        Descriptors.Add(metadata, "finishedOn", dossier.Run?.FinishedOn is { } end ? Rfc3339.Format(end) : null);
        var details = new JsonObject { ["builder"] = new JsonObject { ["id"] = TrainingBuild.Builder(dossier) } };
        if (metadata.Count > 0)
        {
            details["metadata"] = metadata;
        }

        if (!dossier.Bundles.IsEmpty)
        {
            details["byproducts"] = new JsonArray([.. dossier.Bundles.Select(Descriptors.Of)]);
        }

        return About(dossier, Type, new JsonObject
        {
            ["buildDefinition"] = new JsonObject
            {
                ["buildType"] = TrainingBuild.Type,
                ["externalParameters"] = TrainingBuild.Parameters(dossier.Run),
                ["internalParameters"] = TrainingBuild.Internals(dossier),
                ["resolvedDependencies"] = new JsonArray([.. Descriptors.Inputs(dossier)]),
            },
            ["runDetails"] = details,
        });
    }

    protected override IEnumerable<string> PredicateFaults(JsonObject predicate) =>
    [
        .. predicate.MustHaveObject("$.predicate", "buildDefinition", static (build, path) =>
        [
            .. build.MustHaveUri(path, "buildType"),
            .. build.MustHaveObject(path, "externalParameters"),
            .. build.MustHaveObject(path, "internalParameters", required: false),
            .. build.MustHaveDescriptors(path, "resolvedDependencies", required: false),
        ]),
        .. predicate.MustHaveObject("$.predicate", "runDetails", static (details, path) =>
        [
            .. details.MustHaveObject(path, "builder", static (builder, place) =>
            [
                .. builder.MustHaveUri(place, "id"),
                .. builder.MustHaveDescriptors(place, "builderDependencies", required: false),
                .. builder.MustHaveObject(place, "version", required: false),
            ]),
            .. details.MustHaveObject(path, "metadata", static (metadata, place) =>
            [
                .. metadata.MustHaveText(place, "invocationId", required: false),
                .. metadata.MustHaveTime(place, "startedOn", required: false),
                .. metadata.MustHaveTime(place, "finishedOn", required: false),
            ], required: false),
            .. details.MustHaveDescriptors(path, "byproducts", required: false),
        ]),
    ];
}
