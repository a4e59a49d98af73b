using System.Text.Json.Nodes;
using Aixv.Export.Formats;

namespace Aixv.Export.Catalogs;

/// <summary>The MUSTs of Croissant: required members, files with their digests or folders, ids that are unique.</summary>
internal static class CroissantRules
{
    public static IEnumerable<string> Faults(JsonObject document) => JsonPlace.Check(document, root =>
    {
        foreach (var required in (string[])["@context", "name", "description", "license", "url", "creator", "datePublished"])
        {
            // A parent term or its prefixed form says the same.
            if (!root.Has(required) && !root.Has($"sc:{required}"))
            {
                root.Fault($"{required} is required");
            }
        }

        if (JsonMembers.Text(root.Node, "@type") is not ("sc:Dataset" or "Dataset" or "schema:Dataset" or "https://schema.org/Dataset" or "http://schema.org/Dataset"))
        {
            root.Fault("@type: sc:Dataset is expected");
        }

        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var resource in JsonMembers.Objects(document["distribution"]))
        {
            var id = JsonMembers.Text(resource, "@id");
            var kind = JsonMembers.Text(resource, "@type");
            if (id is null || !ids.Add(id))
            {
                root.Fault($"distribution: the @id {id ?? "is missing"}{(id is null ? "" : " is there twice")}");
            }

            if (kind is "cr:FileObject" && resource["containedIn"] is null && resource["contentUrl"] is null)
            {
                root.Fault($"distribution {id}: contentUrl is required");
            }

            if (kind is "cr:FileObject" && resource["containedIn"] is null && resource["sha256"] is null && resource["md5"] is null)
            {
                root.Fault($"distribution {id}: sha256 is required");
            }

            if (kind is "cr:FileObject" or "cr:FileSet" && resource["encodingFormat"] is null)
            {
                root.Fault($"distribution {id}: encodingFormat is required");
            }

            if (kind is "cr:FileSet" && resource["includes"] is null)
            {
                root.Fault($"distribution {id}: includes is required");
            }
        }
    });
}
