using System.Text.Json.Nodes;
using Aixv.Transparency.Checkpoints;

namespace Aixv.Track.Log;

/// <summary>The setting <c>witnesses</c>: a list of objects <c>{url, key}</c>.</summary>
internal static class WitnessAddresses
{
    /// <exception cref="ArgumentException">Something else; the message names the place.</exception>
    public static IReadOnlyList<WitnessAddress> Read(JsonNode witnesses) => witnesses is JsonArray list
        ? [.. list.Select((witness, i) => Read(witness as JsonObject, $"witnesses[{i}]"))]
        : throw new ArgumentException("witnesses: expected a list");

    private static WitnessAddress Read(JsonObject? json, string place)
    {
        if (json is null || Text(json, "url") is not { } url || Text(json, "key") is not { } key || json.Count != 2)
        {
            throw new ArgumentException($"{place}: expected an object with url and key");
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw new ArgumentException($"{place}.url: expected an http or https URL");
        }

        try
        {
            CosignatureVerifier.Parse(key);
            return new WitnessAddress { Url = address, Key = key };
        }
        catch (FormatException e)
        {
            throw new ArgumentException($"{place}.key: {e.Message}", e);
        }
    }

    private static string? Text(JsonObject json, string name) => json[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
