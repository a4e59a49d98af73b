using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Sigstore.Json;

namespace Aixv.Export.Attestations;

/// <summary>What the publisher declares, in AIXV's own JSON.</summary>
internal static class DeclaredJson
{
    public static JsonObject Of(DeclaredFacts declared)
    {
        var json = new JsonObject();
        foreach (var (name, value) in (IEnumerable<(string, string?)>)
        [
            ("licence", declared.Licence), ("description", declared.Description), ("homepage", declared.Homepage), ("download_location", declared.DownloadLocation),
            ("task", declared.Task), ("architecture_family", declared.ArchitectureFamily), ("architecture", declared.Architecture), ("library", declared.Library),
            ("intended_use", declared.IntendedUse), ("limitations", declared.Limitations), ("format", declared.Format), ("precision", declared.Precision),
            ("parameter_size", declared.ParameterSize), ("released_at", Time(declared.ReleasedAt)),
        ])
        {
            NativeFacts.Add(json, name, value);
        }

        NativeFacts.Add(json, "supplier", Of(declared.Supplier));
        AddIfAny(json, "authors", declared.Authors.Select(author => (JsonNode)Of(author)!));
        AddIfAny(json, "languages", declared.Languages.Select(language => (JsonNode)language));
        AddIfAny(json, "datasets", declared.Datasets.Select(dataset => (JsonNode)Of(dataset)));
        return json;
    }

    private static JsonObject Of(DeclaredDataset dataset)
    {
        var json = new JsonObject();
        foreach (var (name, value) in (IEnumerable<(string, string?)>)
        [
            ("digest", dataset.Digest?.ToString()), ("uri", dataset.Uri), ("name", dataset.Name), ("description", dataset.Description), ("licence", dataset.Licence),
            ("url", dataset.Url), ("content_url", dataset.ContentUrl), ("media_type", dataset.MediaType),
            ("published_at", Time(dataset.PublishedAt)), ("collected_at", Time(dataset.CollectedAt)),
        ])
        {
            NativeFacts.Add(json, name, value);
        }

        NativeFacts.Add(json, "creator", Of(dataset.Creator));
        NativeFacts.Add(json, "size", dataset.Size);
        return json;
    }

    private static JsonObject? Of(DeclaredParty? party)
    {
        if (party is null)
        {
            return null;
        }

        var json = new JsonObject { ["name"] = party.Name, ["person"] = party.IsPerson };
        NativeFacts.Add(json, "url", party.Url);
        NativeFacts.Add(json, "email", party.Email);
        return json;
    }

    private static void AddIfAny(JsonObject json, string name, IEnumerable<JsonNode> items)
    {
        var list = items.ToArray();
        if (list.Length > 0)
        {
            json[name] = new JsonArray(list);
        }
    }

    private static string? Time(DateTimeOffset? time) => time is { } known ? Rfc3339.Format(known) : null;
}
