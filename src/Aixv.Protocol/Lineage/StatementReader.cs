using System.Text.Json;

namespace Aixv.Protocol.Lineage;

/// <summary>The edges that an in-toto statement states, by its predicate (protocol §2). Of a predicate type that is not AIXV's, only the subjects are read, and the inputs of a build.</summary>
internal static class StatementReader
{
    private const string Prefix = "https://aixv.org/attestation/";

    /// <exception cref="FormatException">Not a statement, or it names something by what is no digest.</exception>
    internal static RecordFacts Read(JsonElement statement)
    {
        var facts = new RecordFacts { Type = NodeReference.Text(statement, "predicateType") ?? throw new FormatException("statement: predicateType is missing") };
        foreach (var subject in Items(statement, "subject"))
        {
            if (subject.TryGetProperty("digest", out var digests) && digests.ValueKind == JsonValueKind.Object && digests.TryGetProperty("sha256", out var sha256))
            {
                facts.Subjects.Add(new NodeReference(NodeReference.ReadDigest(sha256), NodeReference.Text(subject, "uri"), NodeReference.Text(subject, "name")));
            }
        }

        var predicate = statement.TryGetProperty("predicate", out var content) ? content : default;
        if (predicate.ValueKind == JsonValueKind.Object && facts.Type.StartsWith(Prefix, StringComparison.Ordinal) && facts.Type.EndsWith("/v1", StringComparison.Ordinal))
        {
            Read(facts, predicate, facts.Type[Prefix.Length..^3]);
        }
        else if (BuildInputs.AreStatedBy(facts.Type))
        {
            BuildInputs.Read(facts, predicate);
        }

        return facts;
    }

    private static void Read(RecordFacts facts, JsonElement predicate, string alias)
    {
        switch (alias)
        {
            case "training":
                ReadTraining(facts, predicate);
                break;
            case "packaging":
                ReadPackaging(facts, predicate);
                break;
            case "evaluation":
                AddDigests(facts, predicate, "dataset_digests", EdgeKind.EvaluatedWith, EdgeRelation.Unspecified);
                AddDigest(facts, predicate, "eval_harness_digest", EdgeKind.EvaluatedWith, EdgeRelation.Unspecified);
                break;
            case "deployment":
                AddDigest(facts, predicate, "admitted_artifact_digest", EdgeKind.DeployedAs, EdgeRelation.Unspecified);
                break;
            case "cl-delta":
                AddDigest(facts, predicate, "base_digest", EdgeKind.DerivedFrom, EdgeNames.ReadRelation(NodeReference.Text(predicate, "update_type")));
                break;
            case "advisory":
                SignedRecordReader.ReadAdvisory(facts, predicate);
                break;
        }
    }

    private static void ReadTraining(RecordFacts facts, JsonElement predicate)
    {
        var (metadata, run) = (Member(predicate, "metadata"), Member(predicate, "training_run"));
        var common = EdgeNames.ReadRelation(
            NodeReference.Text(metadata, "base_model_relation") ?? NodeReference.Text(metadata, "relation") ?? NodeReference.Text(run, "method"));
        foreach (var parent in Items(predicate, "parent_models"))
        {
            var own = EdgeNames.ReadRelation(NodeReference.Text(parent, "relation") ?? NodeReference.Text(parent, "base_model_relation"));
            Add(facts, parent, EdgeKind.DerivedFrom, own == EdgeRelation.Unspecified ? common : own);
        }

        facts.FromScratch = predicate.TryGetProperty("parent_models", out var parents) && parents.ValueKind == JsonValueKind.Array && parents.GetArrayLength() == 0;
        foreach (var dataset in Items(predicate, "datasets"))
        {
            Add(facts, dataset, EdgeKind.TrainedOn, EdgeRelation.Unspecified);
        }

        foreach (var place in (JsonElement[])[predicate, metadata, run])
        {
            AddDigest(facts, place, "tokenizer_digest", EdgeKind.PackagedFrom, EdgeRelation.Tokenizer);
            if (Member(place, "tokenizer") is { ValueKind: JsonValueKind.Object } tokenizer)
            {
                Add(facts, tokenizer, EdgeKind.PackagedFrom, EdgeRelation.Tokenizer);
            }
        }
    }

    /// <summary>The outputs come from the inputs; so do the subjects that are not inputs themselves.</summary>
    private static void ReadPackaging(RecordFacts facts, JsonElement predicate)
    {
        var relation = EdgeNames.ReadRelation(NodeReference.Text(predicate, "transform_type"));
        List<NodeReference> inputs = [.. Items(predicate, "inputs").Select(ReadDigestOrReference)];
        List<NodeReference> outputs = [.. Items(predicate, "outputs").Select(ReadDigestOrReference)];
        List<NodeReference> children = [.. outputs, .. facts.Subjects.Where(s => !Contains(outputs, s) && !Contains(inputs, s))];
        foreach (var child in children)
        {
            facts.Others.AddRange(inputs.Select(input => (child, input, EdgeKind.PackagedFrom, relation)));
        }
    }

    private static bool Contains(List<NodeReference> list, NodeReference node) =>
        list.Exists(l => l.Sha256 is not null && node.Sha256 is not null && l.Sha256.AsSpan().SequenceEqual(node.Sha256));

    private static NodeReference ReadDigestOrReference(JsonElement item) => item.ValueKind == JsonValueKind.String
        ? new NodeReference(NodeReference.ReadDigest(item), null, null)
        : NodeReference.Read(item) ?? throw new FormatException("an input or output without digest, uri or name");

    private static void Add(RecordFacts facts, JsonElement item, EdgeKind kind, EdgeRelation relation)
    {
        if (NodeReference.Read(item) is { } reference)
        {
            facts.Parents.Add((reference, kind, relation));
        }
    }

    private static void AddDigests(RecordFacts facts, JsonElement owner, string name, EdgeKind kind, EdgeRelation relation)
    {
        foreach (var digest in Items(owner, name))
        {
            facts.Parents.Add((ReadDigestOrReference(digest), kind, relation));
        }
    }

    private static void AddDigest(RecordFacts facts, JsonElement owner, string name, EdgeKind kind, EdgeRelation relation)
    {
        if (Member(owner, name) is { ValueKind: not JsonValueKind.Undefined } value && NodeReference.ReadDigest(value) is { } digest)
        {
            facts.Parents.Add((new NodeReference(digest, null, null), kind, relation));
        }
    }

    private static JsonElement Member(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : default;

    internal static IEnumerable<JsonElement> Items(JsonElement owner, string name) => Member(owner, name) switch
    {
        { ValueKind: JsonValueKind.Undefined } => [],
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray(),
        var other => throw new FormatException($"{name}: expected a list, found {other.ValueKind}"),
    };
}
