using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Sigstore.Json;

namespace Aixv.Export.Attestations;

/// <summary>SLSA Provenance v0.2 in Statement v0.1, for verifiers of that time.</summary>
internal sealed class SlsaProvenanceV02Exporter() : StatementExporter(
    Describe("slsa-provenance-v0.2", "SLSA Provenance", "v0.2", ExportNeeds.Training, ".slsa02.json"))
{
    internal const string Type = "https://slsa.dev/provenance/v0.2";

    /// <summary>The member of <c>buildConfig</c> that says what each material is: materials have no place for it.</summary>
    internal const string Inputs = "inputs";

    protected override string PredicateType => Type;

    protected override JsonNode Build(Dossier dossier)
    {
        var inputs = Descriptors.Inputs(dossier).ToList();
        var invocation = new JsonObject { ["parameters"] = TrainingBuild.Parameters(dossier.Run) };
        if (Material(Descriptors.Code(dossier.Run)) is { } source)
        {
            invocation["configSource"] = source;
        }

        var metadata = new JsonObject();
        Descriptors.Add(metadata, "buildInvocationId", dossier.Run?.InvocationId);
        Descriptors.Add(metadata, "buildStartedOn", dossier.Run?.StartedOn is { } start ? Rfc3339.Format(start) : null);
        Descriptors.Add(metadata, "buildFinishedOn", dossier.Run?.FinishedOn is { } end ? Rfc3339.Format(end) : null);

        // A claim tells what it tells: nobody vouches that it leaves nothing out.
        metadata["completeness"] = new JsonObject { ["parameters"] = false, ["environment"] = false, ["materials"] = false };
        metadata["reproducible"] = false;
        var config = TrainingBuild.Internals(dossier);
        config[Inputs] = new JsonArray([.. inputs.Select(Described)]);
        if (!dossier.Bundles.IsEmpty)
        {
            config["evidence"] = new JsonArray([.. dossier.Bundles.Select(Descriptors.Of)]);
        }

        var statement = About(dossier, Type, new JsonObject
        {
            ["builder"] = new JsonObject { ["id"] = TrainingBuild.Builder(dossier) },
            ["buildType"] = TrainingBuild.Type,
            ["invocation"] = invocation,
            ["buildConfig"] = config,
            ["metadata"] = metadata,
            ["materials"] = new JsonArray([.. inputs.Select(Material)]),
        });
        statement["_type"] = OldType;
        return statement;
    }

    /// <summary>Address and digests, all that a material has; git's commits are called by their hash function here.</summary>
    private static JsonObject? Material(JsonObject? descriptor)
    {
        if (descriptor is null)
        {
            return null;
        }

        var material = new JsonObject();
        foreach (var name in (string[])["uri", "digest"])
        {
            if (descriptor[name] is { } value)
            {
                material[name] = value.DeepClone();
            }
        }

        if (material["digest"] is JsonObject digests && digests.Remove("gitCommit", out var commit))
        {
            digests["sha1"] = commit;
        }

        return material;
    }

    /// <summary>The rest: name and annotations, in the order of the materials.</summary>
    private static JsonObject Described(JsonObject descriptor)
    {
        var described = descriptor["annotations"] is JsonObject annotations ? annotations.DeepClone().AsObject() : [];
        Descriptors.Add(described, "name", descriptor.Text("name"));
        return described;
    }

    protected override IEnumerable<string> PredicateFaults(JsonObject predicate) =>
    [
        .. predicate.MustHaveObject("$.predicate", "builder", static (builder, path) => builder.MustHaveUri(path, "id")),
        .. predicate.MustHaveUri("$.predicate", "buildType"),
        .. predicate.MustHaveObject("$.predicate", "invocation", static (invocation, path) =>
            invocation.MustHaveObject(path, "configSource", Place, required: false), required: false),
        .. predicate.MustHaveObject("$.predicate", "metadata", static (metadata, path) =>
        [
            .. metadata.MustHaveTime(path, "buildStartedOn", required: false),
            .. metadata.MustHaveTime(path, "buildFinishedOn", required: false),
            .. metadata.MustHaveObject(path, "completeness", static (completeness, place) => (IEnumerable<string>)
            [
                .. completeness.MustHaveBoolean(place, "parameters", required: false),
                .. completeness.MustHaveBoolean(place, "environment", required: false),
                .. completeness.MustHaveBoolean(place, "materials", required: false),
            ], required: false),
            .. metadata.MustHaveBoolean(path, "reproducible", required: false),
        ], required: false),
        .. predicate.MustHaveList("$.predicate", "materials", static (item, path) =>
            item is JsonObject material ? Place(material, path) : [$"{path}: an object is expected"], required: false),
    ];

    private static IEnumerable<string> Place(JsonObject place, string path) =>
        [.. place.MustHaveText(path, "uri", required: false), .. place.MustHaveDigests(path, "digest", required: false)];
}
