using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Export.Catalogs;

/// <summary>The OCI 1.1 manifest that attaches a bundle to another manifest. The same bundle and subject are the same bytes.</summary>
public static class OciReferrer
{
    private const string Title = "org.opencontainers.image.title";

    /// <param name="bundle">What is attached: its one layer.</param>
    /// <param name="subjectType">The media type of what it is attached to.</param>
    /// <param name="fileName">What the bundle's file is called; null does not say.</param>
    /// <param name="fallback">The time where the bundle has none; null does not say one.</param>
    public static byte[] ManifestOf(BundleFacts bundle, string subjectType, Digest subject, long subjectSize, string? fileName, DateTimeOffset? fallback)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        ArgumentNullException.ThrowIfNull(subject);
        using var output = new MemoryStream();
        JsonExporter.WriteJson(Manifest(bundle, subjectType, subject, subjectSize, fileName, fallback), output);
        return output.ToArray();
    }

    internal static JsonObject Manifest(BundleFacts bundle, string subjectType, Digest subject, long subjectSize, string? fileName, DateTimeOffset? fallback)
    {
        var layer = OciDescriptor.Of(bundle.MediaType, bundle.Digest, bundle.Bytes.Length);
        if (fileName is not null)
        {
            layer["annotations"] = new JsonObject { [Title] = fileName };
        }

        return new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = OciDescriptor.Manifest,
            ["artifactType"] = bundle.MediaType,
            ["config"] = OciDescriptor.Empty(),
            ["layers"] = new JsonArray(layer),
            ["subject"] = OciDescriptor.Of(subjectType, subject, subjectSize),
        }.With("annotations", Annotations(bundle, fallback));
    }

    /// <summary>How a list of referrers names the manifest (distribution spec, "Pushing manifests with subject").</summary>
    public static JsonObject DescriptorOf(BundleFacts bundle, byte[] manifest, DateTimeOffset? fallback)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        ArgumentNullException.ThrowIfNull(manifest);
        var entry = OciDescriptor.Of(OciDescriptor.Manifest, Digest.Of(manifest), manifest.Length);
        entry["artifactType"] = bundle.MediaType;
        entry["annotations"] = Annotations(bundle, fallback);
        return entry;
    }

    private static JsonObject Annotations(BundleFacts bundle, DateTimeOffset? fallback) => new JsonObject()
        .With("org.opencontainers.image.created", (bundle.Signature.IntegratedTime ?? fallback)?.ToRfc3339())
        .With("dev.sigstore.bundle.content", bundle.Envelope is null ? "message-signature" : "dsse-envelope")
        .With("dev.sigstore.bundle.predicateType", bundle.Signature.PredicateType);
}
