using System.Text.Json.Nodes;
using Aixv.Cli.Publishing.Bundles;
using Aixv.Cli.Publishing.Sending;
using Aixv.Export.Catalogs;
using Aixv.Export.Dossiers;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Cli.Publishing.Registries;

/// <summary>Attaches bundles to a model's artifact in an OCI registry, as referrers. The artifact itself stays as it is.</summary>
internal sealed class OciPublishing(OciClient client)
{
    /// <param name="weights">The digests of the files that the bundles are about.</param>
    /// <param name="bundles">What to attach.</param>
    /// <param name="dryRun">Says what would be sent, and sends nothing.</param>
    public async Task<SendingStep> RunAsync(IReadOnlyList<Digest> weights, IReadOnlyList<AttachedBundle> bundles, bool dryRun, CancellationToken cancellationToken)
    {
        var reference = client.Repository;
        var model = await client.FindManifestAsync(reference.Digest?.ToString() ?? reference.Tag!, cancellationToken)
            ?? throw new CommandFailure($"there is no {reference}: push the model first");
        var referrers = new OciReferrers(client, model.Digest);
        var (known, _) = await referrers.ListAsync(cancellationToken);
        var step = new SendingStep("oci", $"{reference.Registry.Authority}/{reference.Name}@{model.Digest}")
        {
            Items = [.. bundles.Select(b => b.FileName)],
            Notes = model.Descriptors("layers").Select(l => l.Digest).ToHashSet() is var layers && weights.Any(layers.Contains)
                ? []
                : [$"no layer of {reference} is one of these files itself: whether it packs them is not known"],
        };
        var requests = new JsonArray();
        var attached = 0;
        foreach (var bundle in bundles)
        {
            var facts = BundleFacts.Of(bundle.Bytes, bundle.Verified, bundle.FileName);
            var manifest = OciReferrer.ManifestOf(facts, model.MediaType.Length > 0 ? model.MediaType : OciManifest.Image, model.Digest, model.Bytes.Length, bundle.FileName, null);
            var digest = Digest.Of(manifest);
            if (known.Any(k => k.Digest == digest))
            {
                continue;
            }

            if (dryRun)
            {
                requests.Add(Planned(digest, manifest, bundle));
                continue;
            }

            await client.WriteBlobAsync("{}"u8.ToArray(), cancellationToken);
            await client.WriteBlobAsync(bundle.Bytes, cancellationToken);
            if (!await client.WriteManifestAsync(digest.ToString(), OciManifest.Image, manifest, cancellationToken))
            {
                await referrers.AddToTagAsync(OciReferrer.DescriptorOf(facts, manifest, null), cancellationToken);
            }

            attached++;
        }

        return dryRun && requests.Count > 0 ? step with { State = SendingState.Planned, Detail = $"{requests.Count} referrers", Requests = requests }
            : attached > 0 ? step with { State = SendingState.Done, Detail = $"{attached} {(attached == 1 ? "referrer" : "referrers")} attached" }
            : step with { State = SendingState.Unchanged, Detail = "these bundles are attached already" };
    }

    private JsonObject Planned(Digest digest, byte[] manifest, AttachedBundle bundle) => new()
    {
        ["method"] = "PUT",
        ["url"] = client.Repository.Api($"manifests/{digest}").AbsoluteUri,
        ["content_type"] = OciManifest.Image,
        ["files"] = new JsonArray(
            new JsonObject { ["path"] = bundle.FileName, ["size"] = bundle.Bytes.Length, ["digest"] = Digest.Of(bundle.Bytes).ToString() },
            new JsonObject { ["path"] = "manifest", ["size"] = manifest.Length, ["digest"] = digest.ToString() }),
    };
}
