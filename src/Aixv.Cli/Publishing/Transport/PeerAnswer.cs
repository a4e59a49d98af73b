using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aixv.Cli.Publishing.Transport;

/// <summary>A whole answer, bounded in size.</summary>
/// <param name="Address">Where it came from in the end.</param>
/// <param name="Headers">By name, without regard to case; of several values the first.</param>
internal sealed record PeerAnswer(HttpStatusCode Status, Uri Address, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    private const int MaximumShown = 300;

    public bool IsGood => (int)Status is >= 200 and < 300;

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <exception cref="InvalidDataException">Not JSON of the kind that is expected.</exception>
    public JsonObject ToObject() => Parse() as JsonObject ?? throw new InvalidDataException($"{Address.Authority} answered something else than a JSON object");

    /// <exception cref="InvalidDataException">Not JSON of the kind that is expected.</exception>
    public JsonArray ToList() => Parse() as JsonArray ?? throw new InvalidDataException($"{Address.Authority} answered something else than a JSON list");

    private JsonNode? Parse()
    {
        try
        {
            return JsonNode.Parse(Body, default, new JsonDocumentOptions { MaxDepth = 64, AllowDuplicateProperties = false });
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{Address.Authority} answered no valid JSON: {e.Message}", e);
        }
    }

    /// <summary>What the server says is wrong, on one line.</summary>
    public string Problem
    {
        get
        {
            var words = (Header("X-Error-Message") ?? Said())?.ReplaceLineEndings(" ").Trim();
            return words is { Length: > 0 } ? $"{(int)Status} {(words.Length > MaximumShown ? $"{words[..MaximumShown]}…" : words)}" : $"{(int)Status} {Status}";
        }
    }

    private string? Said()
    {
        try
        {
            return JsonNode.Parse(Body) switch
            {
                JsonObject json when json["error"] is { } error => error.ToString(),
                JsonObject json when json["errors"] is JsonArray { Count: > 0 } errors => string.Join("; ", errors.OfType<JsonObject>().Take(3).Select(e => $"{e["code"]}: {e["message"]}")),
                JsonObject json when json["message"] is { } message => message.ToString(),
                _ => null,
            };
        }
        catch (JsonException)
        {
            return Body.Length is > 0 and < MaximumShown && !Body.AsSpan().Contains((byte)'<') ? Encoding.UTF8.GetString(Body) : null;
        }
    }
}
