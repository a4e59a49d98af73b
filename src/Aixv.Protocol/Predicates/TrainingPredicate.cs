using System.Text.Json.Nodes;

namespace Aixv.Protocol.Predicates;

/// <summary>How a model came to be: parents, datasets and the training run (protocol §2). Descriptive, so permissive.</summary>
/// <remarks><c>parent_models: []</c> says trained from scratch; leaving the member out says nothing, and is kept so.</remarks>
internal sealed class TrainingPredicate() : PredicateType("training", "v1")
{
    private protected override void Check(PredicateReader reader, JsonObject content)
    {
        CheckReferences(reader, content, "parent_models", "a parent model");
        foreach (var (dataset, path) in CheckReferences(reader, content, "datasets", "a dataset"))
        {
            reader.Text(dataset, "split", path);
        }

        if (reader.Object(content, "training_run", "") is { } run)
        {
            foreach (var name in (string[])["framework", "framework_version", "code_uri", "environment_uri"])
            {
                reader.Text(run, name, "training_run");
            }

            reader.Digest(run, "code_digest", "training_run");
            reader.Digest(run, "environment_digest", "training_run");
        }

        foreach (var name in (string[])["hyperparameters", "compute", "metadata"])
        {
            reader.Object(content, name, "");
        }
    }

    private static List<(JsonObject Item, string Path)> CheckReferences(PredicateReader reader, JsonObject content, string name, string what)
    {
        List<(JsonObject Item, string Path)> references = [.. reader.Objects(content, name, "")];
        foreach (var (item, path) in references)
        {
            var named = reader.Digest(item, "digest", path) | reader.Text(item, "uri", path) | reader.Text(item, "name", path);
            if (!named)
            {
                reader.Fault(path, $"{what} needs at least one of digest, uri and name");
            }
        }

        return references;
    }
}
