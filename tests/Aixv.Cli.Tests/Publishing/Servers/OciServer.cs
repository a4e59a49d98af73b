using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Aixv.Cli.Tests.Publishing.Servers;

/// <summary>An OCI registry by the distribution spec 1.1: token authentication, blobs in two steps, manifests whose parts must be there, referrers or none.</summary>
internal sealed class OciServer(ContentServer contents) : PeerServer
{
    public const string User = "user";
    public const string Password = "secret";
    private const int PageSize = 2;
    private readonly ConcurrentDictionary<string, byte[]> blobs = new();
    private readonly ConcurrentDictionary<string, (string Type, byte[] Bytes)> manifests = new();
    private readonly ConcurrentDictionary<string, string> tags = new();
    private readonly ConcurrentDictionary<string, string> tokens = new();

    /// <summary>Whether it lists referrers itself, as OCI 1.1 asks.</summary>
    public bool HasReferrers { get; set; } = true;

    /// <summary>Whether reading needs a name, too.</summary>
    public bool IsPrivate { get; set; }

    public IReadOnlyDictionary<string, (string Type, byte[] Bytes)> Manifests => manifests;

    public string? TagOf(string tag) => tags.GetValueOrDefault(tag);

    /// <summary>Puts a model there: its files as layers, with their names.</summary>
    /// <returns>The manifest's digest.</returns>
    public string Push(string name, string tag, params (string File, byte[] Content)[] files)
    {
        var layers = files.Select(file =>
        {
            blobs[DigestOf(file.Content)] = file.Content;
            return (JsonNode)new JsonObject
            {
                ["mediaType"] = "application/vnd.cncf.model.weight.v1.raw",
                ["digest"] = DigestOf(file.Content),
                ["size"] = file.Content.Length,
                ["annotations"] = new JsonObject { ["org.cncf.model.filepath"] = file.File },
            };
        });
        blobs[DigestOf("{}"u8.ToArray())] = "{}"u8.ToArray();
        var manifest = Encoding.UTF8.GetBytes(new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = "application/vnd.oci.image.manifest.v1+json",
            ["artifactType"] = "application/vnd.cncf.model.manifest.v1+json",
            ["config"] = new JsonObject { ["mediaType"] = "application/vnd.oci.empty.v1+json", ["digest"] = DigestOf("{}"u8.ToArray()), ["size"] = 2 },
            ["layers"] = new JsonArray([.. layers]),
        }.ToJsonString());
        manifests[DigestOf(manifest)] = ("application/vnd.oci.image.manifest.v1+json", manifest);
        tags[$"{name}:{tag}"] = DigestOf(manifest);
        return DigestOf(manifest);
    }

    public void Corrupt(byte[] content) => blobs[DigestOf(content)] = "other bytes"u8.ToArray();

    private static string DigestOf(byte[] content) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}";

    protected override async Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        if (path == "/token")
        {
            await TokenAsync(context);
            return;
        }

        var isWrite = context.Request.Method is "POST" or "PUT" or "PATCH" or "DELETE";
        var scope = tokens.GetValueOrDefault(context.Request.Headers.Authorization.ToString());
        var verb = path.Split('/').FirstOrDefault(part => part is "manifests" or "blobs" or "referrers");
        if (verb is null || !path.StartsWith("/v2/", StringComparison.Ordinal))
        {
            context.Response.StatusCode = 404;
            return;
        }

        var name = path["/v2/".Length..path.IndexOf($"/{verb}/", StringComparison.Ordinal)];
        if ((isWrite || IsPrivate) && scope?.Contains(isWrite ? "push" : "pull", StringComparison.Ordinal) != true)
        {
            context.Response.Headers.WWWAuthenticate = $"Bearer realm=\"{Url}token?a=1\",service=\"test, registry\",scope=\"repository:{name}:{(isWrite ? "pull,push" : "pull")}\"";
            await AnswerAsync(context, 401, """{"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]}""");
            return;
        }

        var rest = path[(path.IndexOf($"/{verb}/", StringComparison.Ordinal) + verb.Length + 2)..];
        var answer = (context.Request.Method, verb) switch
        {
            ("GET" or "HEAD", "manifests") => ManifestAsync(context, name, rest),
            ("PUT", "manifests") => PutManifestAsync(context, name, rest),
            ("GET", "referrers") => ReferrersAsync(context, rest),
            ("POST", "blobs") => UploadAsync(context, name),
            ("PUT", "blobs") => PutBlobAsync(context, name),
            ("GET" or "HEAD", "blobs") => BlobAsync(context, rest),
            _ => AnswerAsync(context, 405, """{"errors":[{"code":"UNSUPPORTED","message":"no"}]}"""),
        };
        await answer;
    }

    private async Task TokenAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var isUser = context.Request.Headers.Authorization == $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}"))}";
        if (query["service"] != "test, registry" || query["a"] != "1" || !isUser)
        {
            await AnswerAsync(context, 401, """{"errors":[{"code":"UNAUTHORIZED","message":"who are you?"}]}""");
            return;
        }

        var token = $"Bearer {Guid.NewGuid():N}";
        tokens[token] = query["scope"].ToString();
        await AnswerAsync(context, 200, new JsonObject { ["token"] = token["Bearer ".Length..], ["expires_in"] = 300 }.ToJsonString());
    }

    private async Task ManifestAsync(HttpContext context, string name, string reference)
    {
        var digest = reference.StartsWith("sha256:", StringComparison.Ordinal) ? reference : tags.GetValueOrDefault($"{name}:{reference}");
        if (digest is null || !manifests.TryGetValue(digest, out var manifest))
        {
            await AnswerAsync(context, 404, """{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}""");
            return;
        }

        Assert.Contains(manifest.Type, context.Request.Headers.Accept.ToString());
        context.Response.Headers["Docker-Content-Digest"] = digest;
        await SendAsync(context, manifest.Bytes, manifest.Type, null);
    }

    private async Task PutManifestAsync(HttpContext context, string name, string reference)
    {
        var bytes = await BodyAsync(context);
        var json = JsonNode.Parse(bytes)!.AsObject();
        var digest = DigestOf(bytes);
        var isIndex = json["manifests"] is not null;
        string[] parts = isIndex ? [] : [(string)json["config"]!["digest"]!, .. json["layers"]!.AsArray().Select(l => (string)l!["digest"]!)];
        if ((reference.StartsWith("sha256:", StringComparison.Ordinal) && reference != digest)
            || parts.Any(part => !blobs.ContainsKey(part))
            || (isIndex && json["manifests"]!.AsArray().Any(m => !manifests.ContainsKey((string)m!["digest"]!)))
            || context.Request.ContentType != (string?)json["mediaType"])
        {
            await AnswerAsync(context, 400, """{"errors":[{"code":"MANIFEST_INVALID","message":"a part is missing, or the digest is another"}]}""");
            return;
        }

        manifests[digest] = ((string)json["mediaType"]!, bytes);
        if (!reference.StartsWith("sha256:", StringComparison.Ordinal))
        {
            tags[$"{name}:{reference}"] = digest;
        }

        if (HasReferrers && (string?)json["subject"]?["digest"] is { } subject)
        {
            context.Response.Headers["OCI-Subject"] = subject;
        }

        context.Response.Headers["Docker-Content-Digest"] = digest;
        context.Response.Headers.Location = $"/v2/{name}/manifests/{digest}";
        context.Response.StatusCode = 201;
    }

    private async Task ReferrersAsync(HttpContext context, string digest)
    {
        if (!HasReferrers)
        {
            await AnswerAsync(context, 404, "404 page not found", "text/plain");
            return;
        }

        var all = manifests.Where(m => (string?)JsonNode.Parse(m.Value.Bytes)!["subject"]?["digest"] == digest).OrderBy(m => m.Key, StringComparer.Ordinal).ToList();
        var start = int.TryParse(context.Request.Query["from"], out var from) ? from : 0;
        if (start + PageSize < all.Count)
        {
            context.Response.Headers.Link = $"<{context.Request.Path}?from={start + PageSize}>; rel=\"next\"";
        }

        var entries = all.Skip(start).Take(PageSize).Select(m =>
        {
            var json = JsonNode.Parse(m.Value.Bytes)!;
            return (JsonNode)new JsonObject
            {
                ["mediaType"] = m.Value.Type,
                ["digest"] = m.Key,
                ["size"] = m.Value.Bytes.Length,
                ["artifactType"] = json["artifactType"]?.DeepClone(),
                ["annotations"] = json["annotations"]?.DeepClone(),
            };
        });
        await AnswerAsync(context, 200, new JsonObject { ["schemaVersion"] = 2, ["mediaType"] = "application/vnd.oci.image.index.v1+json", ["manifests"] = new JsonArray([.. entries]) }.ToJsonString(), "application/vnd.oci.image.index.v1+json");
    }

    private static Task UploadAsync(HttpContext context, string name)
    {
        context.Response.StatusCode = 202;
        context.Response.Headers.Location = $"/v2/{name}/blobs/uploads/{Guid.NewGuid():N}?state=a%2Bb";
        return Task.CompletedTask;
    }

    private async Task PutBlobAsync(HttpContext context, string name)
    {
        var bytes = await BodyAsync(context);
        var digest = context.Request.Query["digest"].ToString();
        if (context.Request.Query["state"] != "a+b" || digest != DigestOf(bytes))
        {
            await AnswerAsync(context, 400, """{"errors":[{"code":"DIGEST_INVALID","message":"digest invalid"}]}""");
            return;
        }

        blobs[digest] = bytes;
        context.Response.StatusCode = 201;
        context.Response.Headers.Location = $"/v2/{name}/blobs/{digest}";
    }

    private async Task BlobAsync(HttpContext context, string digest)
    {
        if (!blobs.TryGetValue(digest, out var content))
        {
            await AnswerAsync(context, 404, """{"errors":[{"code":"BLOB_UNKNOWN","message":"blob unknown"}]}""");
        }
        else if (context.Request.Method == "HEAD")
        {
            await SendAsync(context, content, "application/octet-stream", null);
        }
        else
        {
            // Registries send blobs from elsewhere; the token stays here.
            context.Response.StatusCode = 307;
            context.Response.Headers.Location = contents.Add(content).AbsoluteUri;
        }
    }
}
