using System.Text.Json.Nodes;
using Aixv.Protocol.Statements;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Cli.Publishing.Registries;

/// <summary>A manifest's bytes, as the registry has them.</summary>
/// <param name="MediaType">As the registry says.</param>
internal sealed record OciManifest(string MediaType, byte[] Bytes)
{
    public const string Image = "application/vnd.oci.image.manifest.v1+json";
    public const string Index = "application/vnd.oci.image.index.v1+json";
    private const int MaximumBytes = 4 * 1024 * 1024;

    public Digest Digest { get; } = Digest.Of(Bytes);

    /// <exception cref="InvalidDataException">No JSON object.</exception>
    public JsonObject ToJson()
    {
        try
        {
            return SortedJson.ParseObject(Bytes, $"manifest {Digest}", MaximumBytes);
        }
        catch (FormatException e)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }

    /// <summary>The descriptors under a member, in order; those without a SHA-256 digest are left out.</summary>
    public IEnumerable<OciDescriptor> Descriptors(string member) =>
        (ToJson()[member] as JsonArray ?? []).OfType<JsonObject>().Select(OciDescriptor.TryRead).OfType<OciDescriptor>();
}
