using System.Text.Json;

namespace Aixv.Sigstore.Tuf;

/// <summary>What timestamp and snapshot say of another metadata file (METAFILES, TUF §4.4).</summary>
internal sealed record MetadataFile(long Version, FileInformation Information)
{
    internal static MetadataFile Parse(JsonElement json, string what) => json.ValueKind == JsonValueKind.Object
        ? new(TufJson.Integer(json, "version", 1, what), FileInformation.Parse(json, required: false, what))
        : throw TufJson.Malformed($"{what}: a JSON object was expected");
}
