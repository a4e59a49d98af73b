using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Aixv.Cli.Publishing.Folders;
using Aixv.Cli.Publishing.Transport;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Cli.Publishing.Hubs;

/// <summary>A Hugging Face-compatible hub: what a model's repository holds, and commits to it.</summary>
/// <param name="endpoint">The hub's address.</param>
/// <param name="token">Null asks without one: public models only.</param>
internal sealed class HubClient(PeerHttp http, Uri endpoint, AuthenticationHeaderValue? token)
{
    private const int MaximumFiles = 100_000;

    public Uri Endpoint => endpoint;

    public bool HasToken => token is not null;

    /// <summary>Sent to the hub alone.</summary>
    public AuthenticationHeaderValue? Authorization => token;

    /// <summary>The commit that a revision is now; null where the hub does not say.</summary>
    /// <exception cref="CommandFailure">There is no such model, or it may not be seen.</exception>
    public async Task<string?> HeadAsync(HubName model, string revision, CancellationToken cancellationToken)
    {
        var answer = await http.SendAsync(Get(Api(model, "revision", revision)), cancellationToken);
        if (answer.Status == HttpStatusCode.NotFound && revision == "main")
        {
            answer = await http.SendAsync(Get(PublishedPlaces.Below(endpoint, "api/models", model.ToString())), cancellationToken);
        }

        var sha = Require(answer, model).ToObject()["sha"];
        return sha is JsonValue value && value.TryGetValue<string>(out var text) && text.Length is 40 or 64 && text.All(char.IsAsciiHexDigitLower) ? text : null;
    }

    /// <summary>Every file of a revision.</summary>
    /// <exception cref="CommandFailure">There is no such model, or it may not be seen.</exception>
    public async Task<IReadOnlyList<HubFile>> ListAsync(HubName model, string revision, CancellationToken cancellationToken)
    {
        var files = new List<HubFile>();
        var next = new Uri(Api(model, "tree", revision), "?recursive=true");
        while (next is not null)
        {
            var answer = Require(await http.SendAsync(Get(next), cancellationToken), model);
            foreach (var item in answer.ToList().OfType<JsonObject>())
            {
                if (FileOf(item) is { } file)
                {
                    files.Add(file);
                }
            }

            var following = files.Count <= MaximumFiles ? NextPage(answer) : throw new CommandFailure($"{model} has more than {MaximumFiles} files");
            next = following is null || PeerRequest.IsSameAuthority(following, endpoint) ? following : throw new HttpRequestException($"{endpoint.Authority} continues its list of files on {following.Authority}: refused");
        }

        return files;
    }

    /// <summary>RFC 8288: <c>Link: &lt;…&gt;; rel="next"</c>.</summary>
    private static Uri? NextPage(PeerAnswer answer)
    {
        var link = answer.Header("Link")?.Split(',').FirstOrDefault(l => l.Contains("rel=\"next\"", StringComparison.Ordinal));
        return link?.Split('<', '>') is [_, var target, ..] && Uri.TryCreate(answer.Address, target, out var next) ? next : null;
    }

    private static HubFile? FileOf(JsonObject item)
    {
        if (Text(item, "type") != "file" || Text(item, "path") is not { } path)
        {
            return null;
        }

        var large = item["lfs"] as JsonObject;
        return new HubFile(path, Number(large, "size") ?? Number(item, "size") ?? -1, Digest.TryParse($"sha256:{Text(large, "oid")}", out var digest) ? digest : null);
    }

    /// <summary>A revision is one part of the path, also where its name has slashes.</summary>
    public Uri Api(HubName model, string verb, string revision) => new(endpoint, $"api/models/{model}/{verb}/{Uri.EscapeDataString(revision)}");

    public Uri AddressOf(HubName model, string revision, string path) => PublishedPlaces.Below(new Uri(endpoint, $"{model}/resolve/{Uri.EscapeDataString(revision)}/"), path);

    /// <summary>A small file's bytes; null where there is none.</summary>
    public async Task<byte[]?> ReadAsync(HubName model, string revision, string path, int maximumBytes, CancellationToken cancellationToken)
    {
        var answer = await http.SendAsync(Get(AddressOf(model, revision, path)) with { MaximumBytes = maximumBytes }, cancellationToken);
        return answer.Status == HttpStatusCode.NotFound ? null : Require(answer, model).Body;
    }

    public Task<PeerAnswer> PostAsync(Uri address, byte[] body, string contentType, CancellationToken cancellationToken) =>
        http.SendAsync(new PeerRequest(HttpMethod.Post, address) { Authorization = token, Body = body, ContentType = contentType }, cancellationToken);

    private PeerRequest Get(Uri address) => new(HttpMethod.Get, address) { Authorization = token };

    /// <exception cref="CommandFailure">The hub refused.</exception>
    /// <exception cref="HttpRequestException">The hub failed.</exception>
    public PeerAnswer Require(PeerAnswer answer, HubName model) => answer.Status switch
    {
        _ when answer.IsGood => answer,
        HttpStatusCode.NotFound or HttpStatusCode.Unauthorized => throw new CommandFailure(
            $"{endpoint.Authority} shows no model {model}{(token is null ? " to who has no token: set HF_TOKEN if it is private" : " to this token")} ({answer.Problem})"),
        HttpStatusCode.Forbidden => throw new CommandFailure($"{endpoint.Authority} forbids it: {answer.Problem}"),
        >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests => throw new HttpRequestException($"{endpoint.Authority} failed: {answer.Problem}", null, answer.Status),
        _ => throw new CommandFailure($"{endpoint.Authority} refused: {answer.Problem}"),
    };

    private static string? Text(JsonObject? json, string name) => json?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static long? Number(JsonObject? json, string name) => json?[name] is JsonValue value && value.TryGetValue<long>(out var number) ? number : null;
}
