using System.Net;
using System.Text.Json.Nodes;
using Aixv.Cli.Publishing.Bundles;
using Aixv.Sigstore.Artifacts;
using Aixv.Track.Client;
using Aixv.Track.Client.Answers;

namespace Aixv.Cli.Publishing.Sending;

/// <summary>Submits bundles to a registry, and says where they are shown.</summary>
/// <param name="registry">Its address.</param>
/// <param name="key">Null where none is set.</param>
internal sealed class TrackPublishing(HttpClient http, Uri registry, string? key, TimeProvider time)
{
    public const string KeyVariable = "AIXV_TRACK_KEY";

    /// <param name="artifacts">What the bundles are about, each with its bundles.</param>
    /// <param name="publicKey">The PEM of the key that signed what has no certificate; null for none.</param>
    public async Task<SendingStep> RunAsync(IReadOnlyList<AttachedBundles> artifacts, string? publicKey, bool dryRun, CancellationToken cancellationToken)
    {
        var bundles = artifacts.SelectMany(a => a.Bundles).ToList();
        var step = new SendingStep("track", registry.AbsoluteUri.TrimEnd('/'))
        {
            Items = [.. bundles.Select(b => b.FileName)],
            Pages = [.. artifacts.Select(a => PageOf(a.Digests.Sha256))],
        };
        if (dryRun)
        {
            return step with { State = SendingState.Planned, Detail = $"{bundles.Count} {(bundles.Count == 1 ? "bundle" : "bundles")}", Requests = [.. bundles.Select(Planned)] };
        }

        var client = new TrackClient(http, key ?? throw new CommandFailure($"the registry needs a key that may write attestations: set {KeyVariable}"), time);
        var published = new List<AttestationRecord>();
        try
        {
            foreach (var bundle in bundles)
            {
                published.Add(await client.PublishAttestationAsync(bundle.Bytes, bundle.Content.Certificates.IsEmpty ? publicKey : null, cancellationToken));
            }
        }
        catch (TrackException e)
        {
            var done = published.Count == 0 ? "" : $" (after {published.Count} of {bundles.Count} bundles, which it has)";
            var message = $"{registry.Authority} refused {bundles[published.Count].FileName}: {e.Message}{done}";
            throw e.Status >= HttpStatusCode.InternalServerError ? new HttpRequestException(message, e, e.Status) : new CommandFailure(message);
        }

        return step with
        {
            State = SendingState.Done,
            Detail = string.Join(", ", published.Select(p => p.Id)),
            Notes = await IsShownAsync(artifacts, published, cancellationToken)
                ? []
                : ["this key's tenant is private: the page is shown only to who has a key of the tenant; a public tenant shows it to everybody"],
        };
    }

    private string PageOf(Digest digest) => new Uri(registry, $"artifacts/{digest}").AbsoluteUri;

    /// <summary>Whether somebody without a key sees what was published.</summary>
    private async Task<bool> IsShownAsync(IReadOnlyList<AttachedBundles> artifacts, List<AttestationRecord> published, CancellationToken cancellationToken)
    {
        try
        {
            var seen = await new TrackClient(http, null, time).FindArtifactAsync(artifacts[0].Digests.Sha256.ToString(), cancellationToken);
            return seen is not null && seen.Attestations.Any(a => published.Exists(p => p.Id == a.Id));
        }
        catch (TrackException)
        {
            // A registry that shows nothing without a key.
            return false;
        }
    }

    private JsonNode Planned(AttachedBundle bundle) => new JsonObject
    {
        ["method"] = "POST",
        ["url"] = new Uri(registry, "v1/attestations").AbsoluteUri,
        ["content_type"] = "application/json",
        ["files"] = new JsonArray(new JsonObject { ["path"] = bundle.FileName, ["size"] = bundle.Bytes.Length, ["digest"] = Digest.Of(bundle.Bytes).ToString() }),
    };
}
