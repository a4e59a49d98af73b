using System.Text.Json;
using System.Text.Json.Nodes;
using Aixv.Sigstore.Json;

namespace Aixv.Protocol.Schemas;

/// <summary>An RFC 3339 time.</summary>
internal sealed class TimeShape : Shape
{
    protected internal override string Expected => "an RFC 3339 time";

    public override JsonObject ToSchema() => new()
    {
        ["type"] = "string",
        ["format"] = "date-time",
        ["pattern"] = @"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,18})?(Z|[+-][0-9]{2}:[0-9]{2})$",
    };

    public override JsonNode Read(JsonNode value, string path, Faults faults)
    {
        if (value.GetValueKind() != JsonValueKind.String)
        {
            return Fault(value, path, faults);
        }

        if (!Rfc3339.TryParse(value.GetValue<string>(), out _))
        {
            faults.Add(path, $"expected an RFC 3339 time as 2026-01-31T12:00:00+00:00, found '{Shorten(value.GetValue<string>())}'");
        }

        return value;
    }
}
