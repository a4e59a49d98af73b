using System.Text.Json.Nodes;
using Aixv.Protocol.Predicates;
using Aixv.Track.Attesting;
using Aixv.Track.Indexing;

namespace Aixv.Track.Exports;

/// <summary>A model's record as the training statement that it amounts to: what its tenant said, in the protocol's words, and unsigned.</summary>
internal static class RecordStatement
{
    /// <summary>Null for what is no model with a digest.</summary>
    public static JsonObject? Of(StoredRecord stored, Func<Reference, string?> nameOf)
    {
        if (stored.Type != RecordType.Model || AttestedRecord.Read(stored) is not { Hash: { } hash } model)
        {
            return null;
        }

        var run = new JsonObject();
        if (model.Members["framework"] is JsonValue framework)
        {
            run["framework"] = framework.DeepClone();
        }

        var predicate = new JsonObject { ["training_run"] = run };
        Add(predicate, "parent_models", model, RecordType.Model, nameOf);
        Add(predicate, "datasets", model, RecordType.Dataset, nameOf);
        if (model.Members["hyperparameters"] is JsonObject { Count: > 0 } parameters)
        {
            predicate["hyperparameters"] = parameters.DeepClone();
        }

        if (model.Members["metrics"] is JsonObject { Count: > 0 } metrics)
        {
            predicate["metadata"] = new JsonObject { ["metrics"] = metrics.DeepClone() };
        }

        return new JsonObject
        {
            ["_type"] = "https://in-toto.io/Statement/v1",
            ["subject"] = new JsonArray(new JsonObject { ["name"] = model.Name, ["digest"] = new JsonObject { ["sha256"] = hash.Hex } }),
            ["predicateType"] = PredicateTypes.Find("training")!.Uri,
            ["predicate"] = predicate,
        };
    }

    /// <summary>Where nothing is named the member is left out: an empty list of parents would claim training from scratch.</summary>
    private static void Add(JsonObject predicate, string member, AttestedRecord model, RecordType type, Func<Reference, string?> nameOf)
    {
        var named = model.References.Where(r => r.Type == type).Select(reference => Describe(reference, nameOf(reference))).ToList();
        if (named.Count > 0)
        {
            predicate[member] = new JsonArray([.. named]);
        }
    }

    private static JsonObject Describe(Reference reference, string? name)
    {
        var json = new JsonObject { ["name"] = name ?? reference.Form };
        if (reference.Hash is not null)
        {
            json["digest"] = reference.Hash.ToString();
        }

        if (reference.Type == RecordType.Model)
        {
            json["relation"] = reference.Relationship switch
            {
                "fine_tuned_from" => "fine-tune",
                "distilled_from" => "distil",
                "quantized_from" => "quantize",
                "merged_from" => "merge",
                _ => reference.Relationship,
            };
        }

        return json;
    }
}
