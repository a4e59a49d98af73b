using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Protocol.Lineage;

namespace Aixv.Export.Boms;

/// <summary>The training run as the formula of a CycloneDX bill: one workflow with the code, the environment, what went in and what came out.</summary>
internal static class CycloneDxFormulation
{
    public const string Signer = "signer";
    private const string Workflow = "training";

    public static IEnumerable<JsonObject> Of(Dossier dossier, Inventory inventory)
    {
        if (dossier.Run is not { } run)
        {
            yield break;
        }

        var formula = new JsonObject { ["bom-ref"] = "formula" };
        formula.AddList("components", new[] { inventory.Code, inventory.Environment }
            .OfType<InventoryItem>()
            .Where(i => i.Kind is InventoryKind.Code or InventoryKind.Environment)
            .DistinctBy(i => i.Id)
            .Select(CycloneDxComponents.Of)
            .Concat(SignerOf(dossier)));
        formula["workflows"] = new JsonArray((JsonNode)WorkflowOf(dossier, run, inventory));
        yield return formula;
    }

    /// <summary>Who signed the claim: the platform that the training's certificate names, or a key.</summary>
    private static IEnumerable<JsonObject> SignerOf(Dossier dossier)
    {
        if (dossier.Training?.Bundle?.Signature.Signer is { } signer)
        {
            var component = new JsonObject
            {
                ["type"] = "platform",
                ["bom-ref"] = Signer,
                ["name"] = signer.Subject,
                ["description"] = "The identity that signed the training claim.",
            };
            component.AddList("properties", signer.Issuer is { } issuer
                ? [new JsonObject { ["name"] = "aixv:signer:issuer", ["value"] = issuer }]
                : []);
            yield return component;
        }
    }

    private static JsonObject WorkflowOf(Dossier dossier, TrainingFacts run, Inventory inventory)
    {
        var workflow = new JsonObject
        {
            ["bom-ref"] = Workflow,
            ["uid"] = run.InvocationId ?? NameUuid.Of(Workflow, dossier.Artifact.Digest).ToString("D"),
            ["name"] = Workflow,
        };
        var task = new JsonObject
        {
            ["bom-ref"] = "training-task",
            ["uid"] = $"{workflow["uid"]!.GetValue<string>()}/train",
            ["name"] = "train",
            ["taskTypes"] = new JsonArray((JsonNode)"build"),
        };
        task.AddList("inputs", InputsOf(run, inventory));
        task["outputs"] = new JsonArray([.. OutputsOf(dossier, inventory)]);
        workflow["tasks"] = new JsonArray((JsonNode)task);
        workflow["taskTypes"] = new JsonArray((JsonNode)"build");
        workflow.AddText("timeStart", run.StartedOn is { } started ? FactText.Of(started) : null);
        workflow.AddText("timeEnd", run.FinishedOn is { } finished ? FactText.Of(finished) : null);
        return workflow;
    }

    private static IEnumerable<JsonObject> InputsOf(TrainingFacts run, Inventory inventory)
    {
        var ingredients = inventory.Links
            .Where(l => l.From.Id == inventory.Artifact.Id && l.Kind is EdgeKind.DerivedFrom or EdgeKind.TrainedOn)
            .Select(l => l.To)
            .Concat(new[] { inventory.Framework, inventory.Code, inventory.Environment }.OfType<InventoryItem>())
            .DistinctBy(i => i.Id);
        foreach (var item in ingredients)
        {
            yield return new JsonObject { ["resource"] = new JsonObject { ["ref"] = item.Reference } };
        }

        if (run.Hyperparameters.Count > 0)
        {
            yield return new JsonObject
            {
                ["parameters"] = new JsonArray([.. run.Hyperparameters.Select(p => (JsonNode)new JsonObject
                {
                    ["name"] = p.Key,
                    ["value"] = FactText.Of(p.Value),
                    ["dataType"] = TypeOf(p.Value),
                })]),
            };
        }
    }

    private static IEnumerable<JsonNode> OutputsOf(Dossier dossier, Inventory inventory)
    {
        yield return new JsonObject { ["type"] = "artifact", ["resource"] = new JsonObject { ["ref"] = inventory.Artifact.Reference } };
        if (dossier.Training?.Bundle is { } bundle)
        {
            yield return new JsonObject
            {
                ["type"] = "attestation",
                ["resource"] = new JsonObject { ["externalReference"] = CycloneDxReferences.Attestation(bundle) },
            };
        }
    }

    private static string TypeOf(JsonNode? value) => value?.GetValueKind() switch
    {
        System.Text.Json.JsonValueKind.String => "string",
        System.Text.Json.JsonValueKind.Number => "number",
        System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False => "boolean",
        System.Text.Json.JsonValueKind.Array => "array",
        System.Text.Json.JsonValueKind.Object => "object",
        _ => "null",
    };
}
