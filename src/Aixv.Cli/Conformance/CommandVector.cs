using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Aixv.Cli.Conformance;

/// <summary>A command over files, and what it must answer.</summary>
internal sealed record CommandVector(string Id, string Group, string About) : Vector(Id, Group, About)
{
    /// <summary>Texts and JSON documents by file name.</summary>
    public required JsonObject Files { get; init; }

    /// <summary>Shipped files by file name.</summary>
    public required JsonObject Copies { get; init; }

    /// <summary>Merge patches by file name.</summary>
    public required JsonObject Patches { get; init; }

    public required ImmutableArray<JsonObject> Edits { get; init; }

    /// <summary>Commands that must succeed first.</summary>
    public required ImmutableArray<ImmutableArray<string>> Before { get; init; }

    public required ImmutableArray<string> Arguments { get; init; }

    public required int ExitCode { get; init; }

    /// <summary>What the answer's <c>error</c> must contain.</summary>
    public required string? Error { get; init; }

    /// <summary>Members that the answer must have.</summary>
    public required JsonObject? Answer { get; init; }

    /// <summary>Files that must not be there afterwards.</summary>
    public required ImmutableArray<string> Absent { get; init; }

    public override async Task<ImmutableArray<string>> RunAsync(IConformanceTarget target, string folder, CancellationToken cancellationToken)
    {
        Prepare(folder);
        foreach (var command in Before)
        {
            if (await target.RunAsync(folder, command, cancellationToken) is { ExitCode: not 0 } failed)
            {
                return [string.Create(CultureInfo.InvariantCulture, $"{string.Join(' ', command)}: exit code {failed.ExitCode}, expected 0: {Shorten(failed.Out)}")];
            }
        }

        return [.. Judge(await target.RunAsync(folder, Arguments, cancellationToken), folder)];
    }

    private void Prepare(string folder)
    {
        foreach (var (name, source) in Copies)
        {
            FileEdit.Write(folder, name, Fixtures.Read(source!.GetValue<string>()));
        }

        foreach (var (name, content) in Files)
        {
            FileEdit.Write(folder, name, FileEdit.ToBytes(content));
        }

        foreach (var (name, patch) in Patches)
        {
            FileEdit.Write(folder, name, FileEdit.ToBytes(MergePatch.Apply(JsonNode.Parse(File.ReadAllBytes(Path.Combine(folder, name))), patch)));
        }

        foreach (var edit in Edits)
        {
            FileEdit.Apply(folder, edit);
        }
    }

    private IEnumerable<string> Judge(TargetAnswer answer, string folder)
    {
        if (answer.ExitCode != ExitCode)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"exit code {answer.ExitCode}, expected {ExitCode}: {Shorten(answer.Out)}");
        }

        foreach (var path in Absent.Where(path => Path.Exists(Path.Combine(folder, path))))
        {
            yield return $"{path} was left behind";
        }

        if (answer.Json is not { } json)
        {
            yield return $"the answer is not one line of JSON: {Shorten(answer.Out)}";
            yield break;
        }

        foreach (var (name, value) in Expected())
        {
            if (!IsIn(json[name], value))
            {
                yield return $"{name} is {json[name]?.ToJsonString() ?? "null"}, expected {value?.ToJsonString() ?? "null"}";
            }
        }

        if (Error is not null && json["error"]?.ToString().Contains(Error, StringComparison.Ordinal) != true)
        {
            yield return $"error is {json["error"]?.ToJsonString() ?? "null"}, expected to contain {Error}";
        }
    }

    private JsonObject Expected()
    {
        var expected = Answer?.DeepClone().AsObject() ?? [];
        expected["ok"] ??= ExitCode == 0;
        return expected;
    }

    /// <summary>Objects may have more members than expected, lists may not have more items.</summary>
    private static bool IsIn(JsonNode? found, JsonNode? expected) => (found, expected) switch
    {
        (JsonObject members, JsonObject asked) => asked.All(member => IsIn(members[member.Key], member.Value)),
        (JsonArray items, JsonArray asked) => items.Count == asked.Count && items.Zip(asked).All(pair => IsIn(pair.First, pair.Second)),
        _ => JsonNode.DeepEquals(found, expected),
    };

    private static string Shorten(string text) => text.Length <= 400 ? text.Trim() : $"{text.AsSpan(0, 400)}…";
}
