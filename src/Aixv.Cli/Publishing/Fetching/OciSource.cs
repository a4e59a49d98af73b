using Aixv.Cli.Publishing.Folders;
using Aixv.Cli.Publishing.Registries;
using Aixv.Cli.Publishing.Transport;
using Aixv.Sigstore.Bundles;

namespace Aixv.Cli.Publishing.Fetching;

/// <summary>A model in an OCI registry: its files are layers, its bundles referrers.</summary>
internal sealed class OciSource(OciClient client) : IModelSource
{
    private const string BundleType = "application/vnd.dev.sigstore.bundle";
    private const int MaximumBundles = 1000;

    public async Task<RemoteModel> LookAsync(CancellationToken cancellationToken)
    {
        var reference = client.Repository;
        var manifest = await client.FindManifestAsync(reference.Digest?.ToString() ?? reference.Tag!, cancellationToken) ?? throw new CommandFailure($"there is no {reference}");
        var files = new List<RemoteFile>();
        var skipped = new List<(string, string)>();
        foreach (var layer in manifest.Descriptors("layers"))
        {
            if (layer.MediaType.Contains("tar", StringComparison.Ordinal))
            {
                skipped.Add((layer.FileName ?? layer.Digest.ToString(), $"it is packed ({layer.MediaType}), and bundles are about files"));
            }
            else
            {
                files.Add(new RemoteFile(layer.FileName ?? layer.Digest.Hex, layer.Size, layer.Digest, new PeerRequest(HttpMethod.Get, reference.Api($"blobs/{layer.Digest}"))));
            }
        }

        var bundles = await ReadBundlesAsync(manifest, skipped, cancellationToken);
        if (files.Count > 0)
        {
            // The registry is asked once in the way that gets a token; what is streamed later is sent with it.
            client.Require(await client.SendAsync(files[0].Request with { Method = HttpMethod.Head }, "pull", cancellationToken));
        }

        return new RemoteModel(
            $"{reference.Registry.Authority}/{reference.Name}@{manifest.Digest}",
            reference.Name.Split('/')[^1],
            [.. files.Select(f => f with { Request = f.Request with { Authorization = client.Authorization } })],
            bundles,
            skipped);
    }

    private async Task<List<RemoteBundle>> ReadBundlesAsync(OciManifest subject, List<(string, string)> skipped, CancellationToken cancellationToken)
    {
        var (referrers, _) = await new OciReferrers(client, subject.Digest).ListAsync(cancellationToken);
        var bundles = new List<RemoteBundle>();
        foreach (var referrer in referrers.Where(r => r.ArtifactType?.StartsWith(BundleType, StringComparison.Ordinal) == true).Take(MaximumBundles))
        {
            var manifest = await client.FindManifestAsync(referrer.Digest.ToString(), cancellationToken);
            foreach (var layer in manifest?.Descriptors("layers").Where(l => l.Size <= Bundle.MaximumBytes).Take(1) ?? [])
            {
                var bytes = await client.ReadBlobAsync(layer.Digest, Bundle.MaximumBytes, cancellationToken);
                var name = layer.FileName is { } given && SafePath.IsRelative(given) && RemoteBundle.HasName(given) ? given : "";
                if (RemoteBundle.TryRead(name, bytes, $"referrer {referrer.Digest}") is { } bundle)
                {
                    bundles.Add(bundle);
                }
                else
                {
                    skipped.Add(($"referrer {referrer.Digest}", "no bundle, by its content"));
                }
            }
        }

        return bundles;
    }
}
