using System.Net;
using System.Text.Json.Nodes;
using Aixv.Cli.Publishing.Bundles;
using Aixv.Cli.Publishing.Folders;
using Aixv.Cli.Publishing.Transport;
using Aixv.Sigstore.Artifacts;
using Aixv.Track.Client;
using Aixv.Track.Client.Answers;

namespace Aixv.Cli.Publishing.Sending;

/// <summary>Submits bundles to a registry, and says where they are shown.</summary>
/// <param name="registry">Its address.</param>
/// <param name="key">Null where none is set.</param>
/// <param name="hub">The model's name on a hub, by which its page is found too; null for none.</param>
internal sealed class TrackPublishing(HttpClient http, Uri registry, string? key, HubName? hub, TimeProvider time)
{
    public const string KeyVariable = "AIXV_TRACK_KEY";

    /// <summary>A client that follows no redirect, for its key is for one server.</summary>
    public static HttpClient CreateClient(App app) => new(app.Http?.Invoke() ?? new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(15) })
    {
        Timeout = PeerHttp.Silence,
        MaxResponseContentBufferSize = 64 * 1024 * 1024,
    };

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
            return step with { State = SendingState.Planned, Detail = $"{bundles.Count} {(bundles.Count == 1 ? "bundle" : "bundles")}", Requests = [.. bundles.Select(Planned), .. hub is null ? [] : (JsonNode[])[PlannedName(artifacts[0].Digests.Sha256)]] };
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

        var notes = new List<string>();
        if (hub is not null && await NameAsync(client, artifacts[0].Digests.Sha256, cancellationToken) is { } unnamed)
        {
            notes.Add(unnamed);
        }

        if (!await IsShownAsync(artifacts, published, cancellationToken))
        {
            notes.Add("this key's tenant is private: the page is shown only to who has a key of the tenant; a public tenant shows it to everybody");
        }

        return step with { State = SendingState.Done, Detail = string.Join(", ", published.Select(p => p.Id)), Notes = [.. notes] };
    }

    /// <summary>Has the page found by the model's name; says why not, where that is refused: the evidence is published all the same.</summary>
    private async Task<string?> NameAsync(TrackClient client, Digest digest, CancellationToken cancellationToken)
    {
        try
        {
            await client.NameModelAsync($"hf://{hub}", hub!.ToString(), digest.ToString(), cancellationToken);
            return null;
        }
        catch (TrackException e)
        {
            return $"the page is not found by the name {hub}: {e.Message}";
        }
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

    private JsonObject PlannedName(Digest digest) => new JsonObject
    {
        ["method"] = "POST",
        ["url"] = new Uri(registry, "v1/import").AbsoluteUri,
        ["content_type"] = "application/json",
        ["says"] = $"{digest} is what people know as {hub}",
    };
}
