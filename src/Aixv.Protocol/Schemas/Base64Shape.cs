using System.Text.Json;
using System.Text.Json.Nodes;
using Aixv.Sigstore.Json;

namespace Aixv.Protocol.Schemas;

/// <summary>Bytes as base64 with padding (RFC 4648 §4), in the one canonical spelling.</summary>
internal sealed class Base64Shape(int maximumBytes) : Shape
{
    private const string Pattern = "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$";

    private int MaximumLength => (maximumBytes + 2) / 3 * 4;

    protected internal override string Expected => "base64";

    public override JsonObject ToSchema() =>
        new() { ["type"] = "string", ["contentEncoding"] = "base64", ["maxLength"] = MaximumLength, ["pattern"] = Pattern };

    public override JsonNode Read(JsonNode value, string path, Faults faults)
    {
        if (value.GetValueKind() != JsonValueKind.String)
        {
            return Fault(value, path, faults);
        }

        var text = value.GetValue<string>();
        if (text.Length > MaximumLength)
        {
            faults.Add(path, $"{text.Length} characters, at most {MaximumLength} are accepted");
        }
        else if (!StrictBase64.TryDecode(text, out _))
        {
            faults.Add(path, $"expected base64 with padding, found '{Shorten(text)}'");
        }

        return value;
    }
}
