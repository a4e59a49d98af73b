using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Export.Importing;

/// <summary>The training run in a CycloneDX bill: its formula's workflow, the framework, and properties of the model card.</summary>
internal sealed class CycloneDxRun(CycloneDxBill bill, JsonObject main, Digest subject, List<string> notes)
{
    /// <summary>Null where the bill describes no run.</summary>
    public TrainingFacts? Read()
    {
        var formula = CycloneDxBill.Items(bill.Content["formulation"]).FirstOrDefault();
        var workflow = CycloneDxBill.Items(formula?["workflows"]).FirstOrDefault();
        var framework = Frameworks();
        var code = Ingredient(formula, component => CycloneDxBill.Text(component["type"]) == "application");
        var environment = Ingredient(formula, component => CycloneDxBill.Text(component["type"]) == "container");
        var run = new TrainingFacts
        {
            Framework = framework is null ? null : CycloneDxBill.NameOf(framework),
            FrameworkVersion = CycloneDxBill.Text(framework?["version"]),
            CodeDigest = code is null ? null : CycloneDxBill.DigestOf(code),
            CodeUri = code is null ? null : CycloneDxBill.UriOf(code) ?? NameIfNot(code, "training code"),
            EnvironmentDigest = environment is null ? null : CycloneDxBill.DigestOf(environment),
            EnvironmentUri = environment is null ? null : CycloneDxBill.UriOf(environment) ?? NameIfNot(environment, "training environment"),
            Hyperparameters = Hyperparameters(workflow),
            Compute = Group("aixv:compute:"),
            Others = Group("aixv:run:"),
            StartedOn = TimeOf(workflow?["timeStart"]),
            FinishedOn = TimeOf(workflow?["timeEnd"]),
            InvocationId = CycloneDxBill.Text(workflow?["uid"]) is { } uid && uid != NameUuid.Of("training", subject).ToString("D") ? uid : null,
        };
        var isNothing = run is
        {
            Framework: null, CodeDigest: null, CodeUri: null, EnvironmentDigest: null, EnvironmentUri: null, StartedOn: null, FinishedOn: null, InvocationId: null,
        };
        return isNothing && run.Hyperparameters.Count + run.Compute.Count + run.Others.Count == 0 ? null : run;
    }

    private static string? NameIfNot(JsonObject component, string placeholder) => CycloneDxBill.NameOf(component) is { Length: > 0 } name && name != placeholder ? name : null;

    private static DateTimeOffset? TimeOf(JsonNode? node) =>
        CycloneDxBill.Text(node) is { } text && text.Contains('T', StringComparison.Ordinal)
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    /// <summary>The one framework that the model depends on, else the only one that is listed.</summary>
    private JsonObject? Frameworks()
    {
        var used = bill.DependenciesOf(main).Where(IsFramework).ToList();
        var listed = used.Count > 0 ? used : [.. CycloneDxBill.Items(bill.Content["components"]).Where(IsFramework)];
        if (listed.Count > 1)
        {
            notes.Add($"The bill names {listed.Count.ToString(CultureInfo.InvariantCulture)} frameworks; a claim has place for one, {BillSubject.Shorten(CycloneDxBill.NameOf(listed[0]))}.");
        }

        return listed.FirstOrDefault();
    }

    private static bool IsFramework(JsonObject component) => CycloneDxBill.Text(component["type"]) == "framework";

    private static JsonObject? Ingredient(JsonObject? formula, Func<JsonObject, bool> fits) => CycloneDxBill.Items(formula?["components"]).FirstOrDefault(fits);

    /// <summary>Parameters of the workflow and its tasks, and properties that AIXV writes.</summary>
    private JsonObject Hyperparameters(JsonObject? workflow)
    {
        var found = new JsonObject();
        var inputs = CycloneDxBill.Items(workflow?["inputs"]).Concat(CycloneDxBill.Items(workflow?["tasks"]).SelectMany(t => CycloneDxBill.Items(t["inputs"])));
        foreach (var parameter in inputs.SelectMany(i => CycloneDxBill.Items(i["parameters"])))
        {
            if (parameter["name"] is JsonValue name && name.TryGetValue<string>(out var key))
            {
                found.TryAdd(key, ValueOf(parameter["value"] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "", CycloneDxBill.Text(parameter["dataType"])));
            }
        }

        foreach (var (name, value) in Group("aixv:hyperparameter:"))
        {
            found.TryAdd(name, value?.DeepClone());
        }

        return found;
    }

    private JsonObject Group(string prefix)
    {
        var found = new JsonObject();
        foreach (var property in CycloneDxBill.Items(CycloneDxBill.Object(main["modelCard"])?["properties"]))
        {
            if (property["name"] is JsonValue name && name.TryGetValue<string>(out var text) && text.StartsWith(prefix, StringComparison.Ordinal))
            {
                found.TryAdd(text[prefix.Length..], ValueOf(property["value"] is JsonValue value && value.TryGetValue<string>(out var said) ? said : "", null));
            }
        }

        return found;
    }

    /// <summary>The value that the text was written of: of the type that is stated, else text.</summary>
    internal static JsonNode? ValueOf(string text, string? type)
    {
        if (type is not ("number" or "boolean" or "array" or "object" or "null"))
        {
            return text;
        }

        try
        {
            return JsonNode.Parse(text, null, new JsonDocumentOptions { MaxDepth = 32, AllowDuplicateProperties = false });
        }
        catch (JsonException)
        {
            return text;
        }
    }
}
