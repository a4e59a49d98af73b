using System.Net;
using Aixv.Sigstore.Artifacts;
using Aixv.Track.Client;

namespace Aixv.Cli.Publishing.Fetching;

/// <summary>The bundles that a registry knows of a digest. The registry is not believed: every bundle is verified here.</summary>
/// <param name="key">Null sees what is public.</param>
internal sealed class TrackBundles(HttpClient http, Uri registry, string? key, TimeProvider time)
{
    private const int MaximumBundles = 100;

    /// <exception cref="HttpRequestException">The registry could not be asked.</exception>
    public async Task<IReadOnlyList<RemoteBundle>> FindAsync(Digest digest, CancellationToken cancellationToken)
    {
        var client = new TrackClient(http, key, time);
        var bundles = new List<RemoteBundle>();
        try
        {
            var known = await client.FindArtifactAsync(digest.ToString(), cancellationToken);
            foreach (var attestation in known?.Attestations.Take(MaximumBundles) ?? [])
            {
                if (RemoteBundle.TryRead("", await client.GetBundleAsync(attestation.Id, cancellationToken), $"{registry.Authority}, {attestation.Id}") is { } bundle)
                {
                    bundles.Add(bundle);
                }
            }
        }
        catch (TrackException e) when (e.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound)
        {
            // It shows nothing to this key, or to who has none.
        }
        catch (TrackException e)
        {
            throw new HttpRequestException($"{registry.Authority} failed: {e.Message}", e, e.Status);
        }

        return bundles;
    }
}
