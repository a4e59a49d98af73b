using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aixv.Protocol.Schemas;

/// <summary>A text of whole lines, each ended by a newline.</summary>
internal sealed class LinesShape(int maximumLength) : Shape
{
    protected internal override string Expected => "a text of lines";

    public override JsonObject ToSchema() => new() { ["type"] = "string", ["maxLength"] = maximumLength, ["pattern"] = @"^[^\r]*\n$" };

    public override JsonNode Read(JsonNode value, string path, Faults faults)
    {
        if (value.GetValueKind() != JsonValueKind.String)
        {
            return Fault(value, path, faults);
        }

        var text = value.GetValue<string>();
        if (text.Length > maximumLength)
        {
            faults.Add(path, $"{text.Length} characters, at most {maximumLength} are accepted");
        }
        else if (!text.EndsWith('\n') || text.Contains('\r', StringComparison.Ordinal))
        {
            faults.Add(path, "expected lines that each end in a newline");
        }

        return value;
    }
}
