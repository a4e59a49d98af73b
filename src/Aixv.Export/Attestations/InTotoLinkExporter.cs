using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;

namespace Aixv.Export.Attestations;

/// <summary>in-toto Link v0.3: the training as one step of a supply chain.</summary>
internal sealed class InTotoLinkExporter() : StatementExporter(Describe("in-toto-link", "in-toto Link", "v0.3", ExportNeeds.Training, ".link.json"))
{
    private const string Type = "https://in-toto.io/attestation/link/v0.3";

    protected override string PredicateType => Type;

    /// <summary>The command itself is not known, so none is given; parameters and machine are the step's surroundings.</summary>
    protected override JsonNode Build(Dossier dossier)
    {
        var environment = TrainingBuild.Parameters(dossier.Run);
        Descriptors.Add(environment, "invocationId", dossier.Run?.InvocationId);
        foreach (var (name, value) in TrainingBuild.Internals(dossier))
        {
            environment[name] = value?.DeepClone();
        }

        var link = new JsonObject
        {
            ["name"] = "train",
            ["materials"] = new JsonArray([.. Descriptors.Inputs(dossier)]),
            ["environment"] = environment,
        };
        if (!dossier.Bundles.IsEmpty)
        {
            link["byproducts"] = new JsonObject { ["evidence"] = new JsonArray([.. dossier.Bundles.Select(Descriptors.Of)]) };
        }

        return About(dossier, Type, link);
    }

    protected override IEnumerable<string> PredicateFaults(JsonObject predicate) =>
    [
        .. predicate.MustHaveText("$.predicate", "name"),
        .. predicate.MustHaveTexts("$.predicate", "command", required: false),
        .. predicate.MustHaveDescriptors("$.predicate", "materials", required: false),
        .. predicate.MustHaveObject("$.predicate", "byproducts", required: false),
        .. predicate.MustHaveObject("$.predicate", "environment", required: false),
    ];
}
