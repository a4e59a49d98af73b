using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Aixv.Cli.Conformance;

/// <summary>Reads the data files: what a group says once holds for each of its vectors.</summary>
internal static class VectorGroups
{
    /// <summary>All vectors that are shipped.</summary>
    public static ImmutableArray<Vector> All() => [.. Fixtures.Groups.SelectMany(name => Read(Fixtures.ReadGroup(name)))];

    private static IEnumerable<Vector> Read(JsonObject group)
    {
        foreach (var item in group["vectors"]!.AsArray())
        {
            var vector = item!.AsObject();
            yield return group.ContainsKey("evidence") ? ReadAdmission(group, vector) : ReadCommand(group, vector);
        }
    }

    private static CommandVector ReadCommand(JsonObject group, JsonObject vector) => new(Text(vector, "id"), Text(group, "group"), Text(vector, "about"))
    {
        Files = Merged(group, vector, "files"),
        Copies = Merged(group, vector, "copy"),
        Patches = Merged(group, vector, "patch"),
        Edits = Objects(vector, "edit"),
        Before = [.. (vector["before"] ?? group["before"])?.AsArray().Select(words => Words(words!)) ?? []],
        Arguments = [.. Words((vector["run"] ?? group["run"])!), .. vector["args"] is { } more ? Words(more) : []],
        ExitCode = vector["exit"]?.GetValue<int>() ?? 0,
        Error = vector["error"]?.GetValue<string>(),
        Answer = vector["json"]?.AsObject(),
        Absent = [.. (vector["absent"] ?? group["absent"]) is { } absent ? Words(absent) : []],
    };

    private static AdmissionVector ReadAdmission(JsonObject group, JsonObject vector) => new(Text(vector, "id"), Text(group, "group"), Text(vector, "about"))
    {
        Policy = MergePatch.Apply(group["policy"], vector["policy"] ?? new JsonObject())!.AsObject(),
        Evidence = MergePatch.Apply(group["evidence"], vector["evidence"] ?? new JsonObject())!.AsObject(),
        At = Text(vector.ContainsKey("at") ? vector : group, "at"),
        Decision = Text(vector, "decision"),
        Violations = [.. vector["violations"] is { } codes ? Words(codes) : []],
    };

    private static JsonObject Merged(JsonObject group, JsonObject vector, string name)
    {
        var merged = group[name]?.DeepClone().AsObject() ?? [];
        foreach (var (key, value) in vector[name]?.AsObject() ?? [])
        {
            merged[key] = value?.DeepClone();
        }

        return merged;
    }

    private static string Text(JsonObject json, string name) => json[name]?.GetValue<string>() ?? throw new FormatException($"a vector lacks {name}: {json.ToJsonString()}");

    private static ImmutableArray<string> Words(JsonNode json) => [.. json.AsArray().Select(word => word!.GetValue<string>())];

    private static ImmutableArray<JsonObject> Objects(JsonObject json, string name) => [.. json[name]?.AsArray().Select(item => item!.AsObject()) ?? []];
}
