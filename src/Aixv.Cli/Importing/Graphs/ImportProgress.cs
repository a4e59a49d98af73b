using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aixv.Cli.Importing.Graphs;

/// <summary>How far an import has come, as a registry keeps it with each batch.</summary>
internal sealed record ImportProgress
{
    public string Format { get; init; } = "";

    /// <summary>How many bytes of the input, unpacked, were read.</summary>
    public long Bytes { get; init; }

    /// <summary>The SHA-256 of these.</summary>
    public string Digest { get; init; } = "";

    public long Lines { get; init; }

    public long Nodes { get; init; }

    public long Links { get; init; }

    public long Attested { get; init; }

    /// <summary>How many elements could not be read.</summary>
    public long Bad { get; init; }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteString("format", Format);
        json.WriteNumber("bytes", Bytes);
        json.WriteString("digest", Digest);
        json.WriteNumber("lines", Lines);
        json.WriteNumber("nodes", Nodes);
        json.WriteNumber("links", Links);
        json.WriteNumber("attested", Attested);
        json.WriteNumber("bad", Bad);
    }

    /// <summary>Null where another program wrote it.</summary>
    public static ImportProgress? Read(JsonNode? json) => json is JsonObject all && Text(all, "format") is { } format && Text(all, "digest") is { } digest && Number(all, "bytes") is { } bytes
        ? new ImportProgress
        {
            Format = format,
            Bytes = bytes,
            Digest = digest,
            Lines = Number(all, "lines") ?? 0,
            Nodes = Number(all, "nodes") ?? 0,
            Links = Number(all, "links") ?? 0,
            Attested = Number(all, "attested") ?? 0,
            Bad = Number(all, "bad") ?? 0,
        }
        : null;

    private static string? Text(JsonObject json, string name) => json[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static long? Number(JsonObject json, string name) => json[name] is JsonValue value && value.TryGetValue<long>(out var number) && number >= 0 ? number : null;
}
