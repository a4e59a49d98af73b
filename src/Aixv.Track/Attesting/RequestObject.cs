using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aixv.Protocol.Statements;
using Aixv.Sigstore.Artifacts;
using Aixv.Track.Hosting;
using Aixv.Track.Storage;

namespace Aixv.Track.Attesting;

/// <summary>A request's JSON object, read member by member. Names in camelCase are taken for the same: <c>agentId</c> is <c>agent_id</c>.</summary>
internal sealed class RequestObject
{
    private const int MaximumObject = 64 * 1024;
    private readonly JsonElement json;

    private RequestObject(JsonElement json) => this.json = json;

    /// <summary>The body of a call, kept after the document is gone.</summary>
    public static async ValueTask<RequestObject> ReadAsync(ApiCall call, bool allowEmpty = false)
    {
        using var document = await call.ReadJsonAsync(allowEmpty);
        return new RequestObject(document.RootElement.Clone());
    }

    /// <summary>A text with something in it; null when absent.</summary>
    /// <exception cref="ApiError">Not text, or too long.</exception>
    public string? Text(string name, int maximum = 1024)
    {
        var text = JsonInput.Text(json, Name(name));
        return text switch
        {
            null => null,
            { Length: 0 } => throw ApiError.InvalidInput(name, "must not be empty"),
            _ when text.Length > maximum => throw ApiError.InvalidInput(name, $"has {text.Length} characters, at most {maximum} are taken"),
            _ => text,
        };
    }

    public string RequiredText(string name, int maximum = 1024) => Text(name, maximum) ?? throw ApiError.InvalidInput(name, "is missing");

    public long? Number(string name, long minimum, long maximum) => JsonInput.Number(json, Name(name), minimum, maximum);

    public DateTimeOffset? Time(string name) => JsonInput.Time(json, Name(name));

    public IReadOnlyList<string> Texts(string name, int maximum) => JsonInput.Texts(json, Name(name), maximum) ?? [];

    /// <summary>A SHA-256 digest: 64 hex digits, with or without <c>sha256:</c>.</summary>
    public Digest? Hash(string name) => Text(name) is not { } text ? null
        : Digest.TryParse(text, out var digest) ? digest
        : throw ApiError.InvalidInput(name, text.Length == 40 ? "has 40 hex digits, which is a git commit; a SHA-256 digest has 64" : "expected a SHA-256 digest: 64 hex digits");

    public TrackId? Id(string name) => Text(name) is { } text ? Ids.Parse(name, text) : null;

    public TrackId RequiredId(string name) => Ids.Parse(name, RequiredText(name));

    /// <summary>An object, as it was written; null when absent.</summary>
    public JsonObject? Object(string name, int maximumBytes = MaximumObject)
    {
        if (JsonInput.Find(json, Name(name)) is not { } value)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            throw ApiError.InvalidInput(name, "expected an object");
        }

        var raw = JsonMarshal.GetRawUtf8Value(value);
        return raw.Length <= maximumBytes || Encoding.UTF8.GetCharCount(raw) <= maximumBytes
            ? JsonObject.Create(value)
            : throw ApiError.InvalidInput(name, $"is larger than {maximumBytes} characters");
    }

    /// <summary>A list of objects; empty when absent.</summary>
    public IReadOnlyList<RequestObject> Objects(string name, int maximum)
    {
        if (JsonInput.Find(json, Name(name)) is not { } value)
        {
            return [];
        }

        return value.ValueKind == JsonValueKind.Array && value.GetArrayLength() <= maximum && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Object)
            ? [.. value.EnumerateArray().Select(item => new RequestObject(item))]
            : throw ApiError.InvalidInput(name, $"expected a list of at most {maximum} objects");
    }

    public bool Has(string name) => JsonInput.Find(json, Name(name)) is not null;

    /// <summary>What makes two requests the same: the SHA-256 of the sorted members, without those named.</summary>
    public byte[] Fingerprint(params string[] without)
    {
        var node = JsonNode.Parse(json.GetRawText())!.AsObject();
        foreach (var name in without)
        {
            node.Remove(Name(name));
        }

        return Digest.Of(SortedJson.Serialize(node)).ToBytes();
    }

    private string Name(string name)
    {
        if (json.TryGetProperty(name, out _) || !name.Contains('_', StringComparison.Ordinal))
        {
            return name;
        }

        var camel = string.Concat(name.Split('_').Select((part, i) => i == 0 ? part : char.ToUpperInvariant(part[0]) + part[1..]));
        return json.TryGetProperty(camel, out _) ? camel : name;
    }
}
