using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aixv.Cli.Conformance;

/// <summary>What a command answered.</summary>
internal sealed record TargetAnswer(int ExitCode, string Out)
{
    /// <summary>The one line of JSON on standard output; null where there is none.</summary>
    public JsonObject? Json
    {
        get
        {
            var line = Out.TrimEnd('\r', '\n');
            try
            {
                return line.Contains('\n', StringComparison.Ordinal) || line.Length == 0 ? null : JsonNode.Parse(line) as JsonObject;
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }
}
