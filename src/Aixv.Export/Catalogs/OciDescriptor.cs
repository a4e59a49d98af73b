using System.Text.Json.Nodes;
using Aixv.Export.Formats;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Export.Catalogs;

/// <summary>OCI content descriptors and what else image-spec documents share.</summary>
internal static class OciDescriptor
{
    public const string Manifest = "application/vnd.oci.image.manifest.v1+json";
    public const string Index = "application/vnd.oci.image.index.v1+json";

    public static JsonObject Of(string mediaType, Digest digest, long size) => new() { ["mediaType"] = mediaType, ["digest"] = digest.ToString(), ["size"] = size };

    /// <summary>The empty configuration (image-spec, "Guidance for an empty descriptor").</summary>
    public static JsonObject Empty()
    {
        var descriptor = Of("application/vnd.oci.empty.v1+json", Digest.Of("{}"u8), 2);
        descriptor["data"] = "e30=";
        return descriptor;
    }

    /// <summary>The MUSTs of a descriptor.</summary>
    public static void Check(JsonPlace descriptor)
    {
        if (descriptor.Text("mediaType", required: true) is { } type && !type.Contains('/', StringComparison.Ordinal))
        {
            descriptor.Fault("mediaType: a media type is expected");
        }

        if (descriptor.Text("digest", required: true) is { } digest && digest.StartsWith("sha256:", StringComparison.Ordinal) && !Digest.TryParse(digest, out _))
        {
            descriptor.Fault("digest: sha256 and 64 lower-case hex digits are expected");
        }

        if (descriptor.Find("size", required: true)?.Node is not null and not JsonValue)
        {
            descriptor.Fault("size: a number is expected");
        }
    }

    /// <summary>The MUSTs of a manifest.</summary>
    public static void CheckManifest(JsonPlace root)
    {
        CheckVersion(root);
        if (root.Object("config", required: true) is { } config)
        {
            Check(config);
            if (JsonMembers.Text(config.Node, "mediaType") == "application/vnd.oci.empty.v1+json" && !root.Has("artifactType"))
            {
                root.Fault("artifactType is required where the configuration is empty");
            }
        }

        foreach (var layer in root.Objects("layers", required: true))
        {
            Check(layer);
        }

        if (root.Object("subject") is { } subject)
        {
            Check(subject);
        }
    }

    public static void CheckVersion(JsonPlace root)
    {
        if (root.Find("schemaVersion", required: true)?.Node is JsonValue version && !(version.TryGetValue<int>(out var number) && number == 2))
        {
            root.Fault("schemaVersion: 2 is expected");
        }
    }
}
