using System.Text.Json.Nodes;
using Aixv.Cli.Artifacts;
using Aixv.Protocol.Records;
using Aixv.Protocol.Statements;

namespace Aixv.Cli.Records;

/// <summary>The documents that commands are given: JSON objects of bounded size.</summary>
internal static class JsonInput
{
    /// <exception cref="CommandFailure">There is no such file.</exception>
    /// <exception cref="FormatException">Not a JSON object; the message names the file.</exception>
    public static JsonObject Read(App app, string path) =>
        SortedJson.ParseObject(ArtifactFile.Read(app, "input", path, SignedRecord.MaximumBytes), path, SignedRecord.MaximumBytes);

    /// <summary>Fills a member that may be named in the input, on the command line, or in both if they agree.</summary>
    /// <param name="input">Changed where the member is missing.</param>
    /// <param name="member">Its name.</param>
    /// <param name="option">The option, for the message.</param>
    /// <param name="given">The option's value, or null.</param>
    /// <exception cref="CommandFailure">The two differ, or neither names it.</exception>
    public static void Fill(JsonObject input, string member, string option, string? given)
    {
        if (given is null)
        {
            _ = input[member] ?? throw new CommandFailure($"{member} is missing: pass {option}, or name it in the input");
            return;
        }

        input[member] ??= given;
        if (!JsonNode.DeepEquals(input[member], given))
        {
            throw new CommandFailure($"{option} {given} contradicts the input, where {member} is {input[member]!.ToJsonString()}");
        }
    }
}
