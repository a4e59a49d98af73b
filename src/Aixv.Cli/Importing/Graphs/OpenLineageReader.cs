using System.Text.Json;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Cli.Importing.Graphs;

/// <summary>OpenLineage run events. What the events of one run say adds up: each gives the run as it is known so far.</summary>
internal sealed class OpenLineageReader() : GraphReader(Name, Name)
{
    public const string Name = "openlineage";
    private const int MaximumRuns = 10_000;
    private readonly Dictionary<string, Run> runs = new(StringComparer.Ordinal);
    private readonly Queue<string> order = new();

    private sealed class Run
    {
        public List<Data> Inputs { get; } = [];

        public List<Data> Outputs { get; } = [];
    }

    private sealed record Data(string Id, string Name, bool IsModel, string? Digest);

    public static bool Recognizes(JsonElement json) => Text(json, "eventTime") is not null && Member(json, "job").ValueKind == JsonValueKind.Object;

    public override IEnumerable<GraphNode> Read(ReadOnlyMemory<byte> bytes)
    {
        using var document = Parse(bytes);
        var json = document.RootElement;
        var (job, run) = (Member(json, "job"), Member(json, "run"));
        if (Text(job, "name") is not { } name || Text(json, "eventTime") is null)
        {
            throw new FormatException("not an OpenLineage event: eventTime or job.name is missing");
        }

        if (Text(run, "runId") is not { } id)
        {
            // A job or dataset event, before anything ran.
            return [];
        }

        var known = RunOf(id);
        AddAll(known.Inputs, json, "inputs");
        AddAll(known.Outputs, json, "outputs");
        return [.. Describe(json, job, known, $"openlineage:run/{id}", name)];
    }

    private Run RunOf(string id)
    {
        if (!runs.TryGetValue(id, out var run))
        {
            runs[id] = run = new Run();
            order.Enqueue(id);
            if (order.Count > MaximumRuns)
            {
                runs.Remove(order.Dequeue());
            }
        }

        return run;
    }

    private static void AddAll(List<Data> all, JsonElement json, string list)
    {
        foreach (var item in Items(json, list))
        {
            if (Text(item, "name") is not { } name)
            {
                continue;
            }

            var (facets, space) = (Member(item, "facets"), Text(item, "namespace") ?? "");
            var version = Text(Member(facets, "version"), "datasetVersion");
            var digest = version is not null && Digest.TryParse(version, null, out _) ? version : Digest.TryParse(name, null, out _) ? name : null;
            var alias = Items(Member(facets, "symlinks"), "identifiers").Where(i => Text(i, "namespace") == "name").Select(i => Text(i, "name")).FirstOrDefault();
            var address = Items(Member(facets, "symlinks"), "identifiers").Where(i => Text(i, "namespace") == "uri").Select(i => Text(i, "name")).FirstOrDefault();
            var isModel = string.Equals(Text(Member(facets, "datasetType"), "datasetType"), "MODEL", StringComparison.OrdinalIgnoreCase);
            var data = new Data(address ?? IdOf(space, name, digest), alias ?? name, isModel, digest);
            if (GraphNode.IsId(data.Id))
            {
                all.RemoveAll(other => other.Id == data.Id);
                all.Add(data);
            }
        }
    }

    private static string IdOf(string space, string name, string? digest) =>
        digest == name || space.Length == 0 || name.Contains("://", StringComparison.Ordinal) ? name
        : space.EndsWith('/') || name.StartsWith('/') ? space + name
        : $"{space}/{name}";

    private static IEnumerable<GraphNode> Describe(JsonElement json, JsonElement job, Run run, string id, string name)
    {
        var makesModel = run.Outputs.Exists(output => output.IsModel);
        var type = Text(Member(Member(job, "facets"), "jobType"), "jobType");
        var process = new GraphNode(id, name, makesModel || string.Equals(type, "TRAINING", StringComparison.OrdinalIgnoreCase) ? "training" : "packaging");
        process.Say("namespace", Text(job, "namespace"));
        process.Say("state", Text(json, "eventType"));
        process.Say("time", Text(json, "eventTime"));
        process.Say("producer", Text(json, "producer"));
        process.Say("job_type", type);
        foreach (var input in run.Inputs)
        {
            process.Link(RelationOf(input, makesModel), input.Id);
        }

        yield return process;
        foreach (var input in run.Inputs.Where(input => input.Digest is not null && input.Digest != input.Id))
        {
            yield return NodeOf(input);
        }

        foreach (var output in run.Outputs)
        {
            var made = NodeOf(output);
            made.Link("produced_by", id);
            foreach (var input in run.Inputs)
            {
                made.Link(RelationOf(input, output.IsModel), input.Id);
            }

            yield return made;
        }
    }

    /// <summary>A model learns from data; all else is made of what went in.</summary>
    private static string RelationOf(Data input, bool intoModel) => intoModel && !input.IsModel ? "trained_on" : "derived_from";

    private static GraphNode NodeOf(Data data) => new(data.Id, data.Name, data.IsModel ? "model" : "dataset") { Digest = data.Digest };
}
