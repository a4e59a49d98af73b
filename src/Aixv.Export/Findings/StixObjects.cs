using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Json;

namespace Aixv.Export.Findings;

/// <summary>The objects of a STIX bundle, each once, in the order of their making.</summary>
internal sealed partial class StixObjects(string format, Dossier dossier)
{
    /// <summary>STIX 2.1 §2.9: the namespace of the ids of observables.</summary>
    private static readonly Guid ObservableNamespace = new("00abedb4-aa42-466c-9c01-fed23315a9b7");

    /// <summary>TLP:AMBER, as STIX 2.1 §7.2.1.4 defines it.</summary>
    public const string Amber = "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82";

    private readonly List<JsonObject> objects = [];
    private readonly HashSet<string> ids = new(StringComparer.Ordinal);

    public IReadOnlyList<JsonObject> All => objects;

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public void AddMarking() => Put(new JsonObject
    {
        ["type"] = "marking-definition",
        ["spec_version"] = "2.1",
        ["id"] = Amber,
        ["created"] = "2017-01-20T00:00:00.000Z",
        ["definition_type"] = "tlp",
        ["name"] = "TLP:AMBER",
        ["definition"] = new JsonObject { ["tlp"] = "amber" },
    });

    /// <summary>A domain or relationship object; its id follows from <paramref name="part"/>.</summary>
    public string Add(string type, string part, DateTimeOffset time, JsonObject members)
    {
        var id = $"{type}--{NameUuid.Of(format, dossier.Artifact.Digest, $"{type}\n{part}")}";
        var stamp = Time(time);
        return Put(Merge(new JsonObject { ["type"] = type, ["spec_version"] = "2.1", ["id"] = id, ["created"] = stamp, ["modified"] = stamp }, members));
    }

    /// <summary>An observable; its id is version 5 over its contributing members, as STIX 2.1 §2.9 tells.</summary>
    public string AddObservable(string type, JsonObject members, params ReadOnlySpan<string> contributing)
    {
        var named = new JsonObject();
        foreach (var name in contributing)
        {
            named.With(name, members[name]?.DeepClone());
        }

        var id = $"{type}--{NameUuid.Of(ObservableNamespace, Canonical(named))}";
        return Put(Merge(new JsonObject { ["type"] = type, ["spec_version"] = "2.1", ["id"] = id }, members));
    }

    public string AddFile(Digest? digest, string? name, long? size = null) => AddObservable(
        "file",
        new JsonObject()
            .With("hashes", digest is null ? null : new JsonObject { ["SHA-256"] = digest.Hex })
            .With("size", size)
            .With("name", name),
        "hashes",
        "name");

    public void Relate(string source, string type, string target, string? description = null) =>
        Add("relationship", $"{source}\n{type}\n{target}", dossier.Time, new JsonObject { ["relationship_type"] = type }
            .With("description", description)
            .With("source_ref", source)
            .With("target_ref", target));

    /// <summary>An id in a system of names; the registries that the standard reserves are taken only for their own ids.</summary>
    public static JsonObject Reference(string system, string id) => new()
    {
        ["source_name"] = Cve.IsMatch(id) ? "cve" : Capec.IsMatch(id) ? "capec" : system,
        ["external_id"] = id,
    };

    private static JsonObject Merge(JsonObject common, JsonObject members)
    {
        foreach (var (name, value) in members)
        {
            common[name] = value?.DeepClone();
        }

        common["object_marking_refs"] = new JsonArray((JsonNode)Amber);
        return common;
    }

    private string Put(JsonObject value)
    {
        var id = value["id"]!.GetValue<string>();
        if (ids.Add(id))
        {
            objects.Add(value);
        }

        return id;
    }

    /// <summary>RFC 8785, of the text as it will be written: what is no character has become U+FFFD.</summary>
    private static string Canonical(JsonObject value)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            JsonText.Write(writer, value);
        }

        using var written = JsonDocument.Parse(buffer.ToArray());
        return Encoding.UTF8.GetString(CanonicalJson.Serialize(written.RootElement));
    }

    [GeneratedRegex(@"^CVE-\d{4}-(0\d{3}|[1-9]\d{3,})$", RegexOptions.CultureInvariant)]
    private static partial Regex Cve { get; }

    [GeneratedRegex(@"^CAPEC-\d+$", RegexOptions.CultureInvariant)]
    private static partial Regex Capec { get; }
}
