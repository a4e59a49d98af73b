using System.Net;
using System.Net.Http.Headers;
using Aixv.Cli.Publishing.Transport;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Cli.Publishing.Registries;

/// <summary>An OCI registry (distribution spec 1.1): manifests and blobs of one repository, with the tokens that it asks for.</summary>
/// <param name="credentials">Null asks as anybody.</param>
internal sealed class OciClient(PeerHttp http, OciReference repository, AuthenticationHeaderValue? credentials)
{
    private const string Manifests =
        "application/vnd.oci.image.manifest.v1+json, application/vnd.oci.image.index.v1+json, application/vnd.docker.distribution.manifest.v2+json, application/vnd.docker.distribution.manifest.list.v2+json";

    private const int MaximumManifest = 4 * 1024 * 1024;
    private const int MaximumToken = 64 * 1024;
    private AuthenticationHeaderValue? authorization;

    public OciReference Repository => repository;

    /// <summary>What the last answer was given for; for requests that are streamed.</summary>
    public AuthenticationHeaderValue? Authorization => authorization;

    /// <summary>A manifest by tag or digest; null where there is none. A digest that was asked for is the digest of what is returned.</summary>
    /// <exception cref="CommandFailure">The registry refused.</exception>
    public async Task<OciManifest?> FindManifestAsync(string reference, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(new PeerRequest(HttpMethod.Get, repository.Api($"manifests/{reference}")) { Accept = Manifests, MaximumBytes = MaximumManifest }, "pull", cancellationToken);
        if (answer.Status == HttpStatusCode.NotFound)
        {
            return null;
        }

        Require(answer);
        var manifest = new OciManifest(answer.Header("Content-Type")?.Split(';')[0].Trim() ?? "", answer.Body);
        var expected = Digest.TryParse(reference, out var asked) ? asked : Digest.TryParse(answer.Header("Docker-Content-Digest") ?? "", out var told) ? told : manifest.Digest;
        return expected == manifest.Digest ? manifest
            : throw new InvalidDataException($"{repository.Registry.Authority} gave for {reference} a manifest with the digest {manifest.Digest}, and {expected} was expected");
    }

    /// <summary>A small blob's bytes, whose digest is the one that was asked for.</summary>
    public async Task<byte[]> ReadBlobAsync(Digest digest, int maximumBytes, CancellationToken cancellationToken)
    {
        var answer = Require(await SendAsync(new PeerRequest(HttpMethod.Get, repository.Api($"blobs/{digest}")) { MaximumBytes = maximumBytes }, "pull", cancellationToken));
        return Digest.Of(answer.Body) is var found && found == digest ? answer.Body
            : throw new InvalidDataException($"{repository.Registry.Authority} gave for the blob {digest} one with the digest {found}");
    }

    /// <summary>Uploads a blob, unless it is there.</summary>
    public async Task WriteBlobAsync(byte[] content, CancellationToken cancellationToken)
    {
        var digest = Digest.Of(content);
        if ((await SendAsync(new PeerRequest(HttpMethod.Head, repository.Api($"blobs/{digest}")), "pull,push", cancellationToken)).IsGood)
        {
            return;
        }

        var opened = Require(await SendAsync(new PeerRequest(HttpMethod.Post, repository.Api("blobs/uploads/")) { Body = [] }, "pull,push", cancellationToken));
        var location = opened.Header("Location") ?? throw new InvalidDataException($"{repository.Registry.Authority} opened an upload and did not say where");
        var address = new Uri(opened.Address, location);
        var whole = new Uri(address.AbsoluteUri + (address.Query.Length > 0 ? "&" : "?") + $"digest={Uri.EscapeDataString(digest.ToString())}");
        Require(await SendAsync(new PeerRequest(HttpMethod.Put, whole) { Body = content, ContentType = "application/octet-stream" }, "pull,push", cancellationToken));
    }

    /// <summary>Uploads a manifest under its digest, or a tag.</summary>
    /// <returns>Whether the registry keeps lists of referrers itself, and put it on one.</returns>
    public async Task<bool> WriteManifestAsync(string reference, string mediaType, byte[] content, CancellationToken cancellationToken)
    {
        var answer = Require(await SendAsync(new PeerRequest(HttpMethod.Put, repository.Api($"manifests/{reference}")) { Body = content, ContentType = mediaType }, "pull,push", cancellationToken));
        return answer.Header("OCI-Subject") is not null;
    }

    /// <summary>Sends a request, and once more with a token when the registry asks for one.</summary>
    public async Task<PeerAnswer> SendAsync(PeerRequest request, string actions, CancellationToken cancellationToken)
    {
        var isOurs = PeerRequest.IsSameAuthority(request.Address, repository.Registry);
        var answer = await http.SendAsync(request with { Authorization = isOurs ? authorization : null }, cancellationToken);
        if (answer.Status != HttpStatusCode.Unauthorized || !isOurs || OciChallenge.Parse(answer.Header("WWW-Authenticate")) is not { } challenge)
        {
            return answer;
        }

        authorization = challenge.Scheme == "Basic" ? credentials : await AskTokenAsync(challenge, actions, cancellationToken);
        return authorization is null ? answer : await http.SendAsync(request with { Authorization = authorization }, cancellationToken);
    }

    /// <summary>Docker's token protocol: the realm gives a token for what is asked.</summary>
    private async Task<AuthenticationHeaderValue?> AskTokenAsync(OciChallenge challenge, string actions, CancellationToken cancellationToken)
    {
        if (challenge.Realm is null || !Uri.TryCreate(challenge.Realm, UriKind.Absolute, out var realm) || !PublishedPlaces.IsSafe(realm))
        {
            throw new CommandFailure($"{repository.Registry.Authority} names no address over https where a token could be had");
        }

        var scope = challenge.Scope is { Length: > 0 } asked ? asked : $"repository:{repository.Name}:{actions}";
        var query = $"{(realm.Query.Length > 1 ? $"{realm.Query}&" : "?")}{(challenge.Service is null ? "" : $"service={Uri.EscapeDataString(challenge.Service)}&")}scope={Uri.EscapeDataString(scope)}";
        var answer = await http.SendAsync(new PeerRequest(HttpMethod.Get, new Uri(realm, query)) { Authorization = credentials, MaximumBytes = MaximumToken }, cancellationToken);
        if (!answer.IsGood)
        {
            throw answer.Status >= HttpStatusCode.InternalServerError
                ? new HttpRequestException($"{realm.Authority} gave no token: {answer.Problem}", null, answer.Status)
                : new CommandFailure($"{realm.Authority} gave no token for {repository.Name}{(credentials is null ? ": set AIXV_OCI_USERNAME and AIXV_OCI_PASSWORD, or log in with docker" : "")} ({answer.Problem})");
        }

        var json = answer.ToObject();
        var token = (json["token"] ?? json["access_token"])?.ToString();
        return token is { Length: > 0 } && token.All(unit => unit is > ' ' and <= '~') ? new AuthenticationHeaderValue("Bearer", token) : throw new InvalidDataException($"{realm.Authority} answered without a token");
    }

    /// <exception cref="CommandFailure">The registry refused.</exception>
    /// <exception cref="HttpRequestException">The registry failed.</exception>
    public PeerAnswer Require(PeerAnswer answer) => answer.IsGood ? answer
        : answer.Status is >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests ? throw new HttpRequestException($"{repository.Registry.Authority} failed: {answer.Problem}", null, answer.Status)
        : throw new CommandFailure($"{repository.Registry.Authority} refused {repository.Name}{(answer.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden && credentials is null ? " to who gave no name: set AIXV_OCI_USERNAME and AIXV_OCI_PASSWORD, or log in with docker" : "")} ({answer.Problem})");
}
