using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Aixv.Cli.Tests.Publishing.Servers;

/// <summary>A hub that speaks as Hugging Face's does: model info, tree by pages, resolve with large files elsewhere, preupload and commit.</summary>
internal sealed class HubServer(ContentServer contents) : PeerServer
{
    public const string WriteToken = "hf_write";
    public const string ReadToken = "hf_read";
    private const int PageSize = 2;
    private readonly Lock gate = new();
    private readonly Dictionary<string, Model> models = [];

    /// <summary>Paths with these endings are kept as large files.</summary>
    public List<string> LargeEndings { get; } = [".safetensors", ".gguf"];

    /// <summary>Runs before a commit is looked at, as another publisher would.</summary>
    public Action? BeforeCommit { get; set; }

    public void Create(string id, bool isPrivate = false)
    {
        lock (gate)
        {
            models[id] = new Model(isPrivate, [(NextCommit(id, 0), ImmutableSortedDictionary<string, byte[]>.Empty.WithComparers(StringComparer.Ordinal))]);
        }
    }

    public void Put(string id, string path, byte[] content)
    {
        lock (gate)
        {
            var model = models[id];
            models[id] = model with { Commits = model.Commits.Add((NextCommit(id, model.Commits.Length), model.Commits[^1].Files.SetItem(path, content))) };
        }
    }

    public IReadOnlyDictionary<string, byte[]> Files(string id)
    {
        lock (gate)
        {
            return models[id].Commits[^1].Files;
        }
    }

    public int Commits(string id)
    {
        lock (gate)
        {
            return models[id].Commits.Length;
        }
    }

    private static string NextCommit(string id, int number) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{id}@{number}")))[..40];

    protected override async Task HandleAsync(HttpContext context)
    {
        var parts = context.Request.Path.Value!.Trim('/').Split('/');
        var isApi = parts is ["api", "models", _, _, ..];
        var rest = isApi ? parts[4..] : parts.Length > 2 ? parts[2..] : [];
        var id = isApi ? $"{parts[2]}/{parts[3]}" : parts.Length > 1 ? $"{parts[0]}/{parts[1]}" : "";
        var token = context.Request.Headers.Authorization.ToString();
        Model? model;
        lock (gate)
        {
            model = models.GetValueOrDefault(id);
        }

        if (model is null || (model.IsPrivate && token is not ($"Bearer {WriteToken}" or $"Bearer {ReadToken}")))
        {
            // As the hub does: what may not be seen is not there, and to nobody in particular it is a 401.
            context.Response.Headers["X-Error-Code"] = "RepoNotFound";
            context.Response.Headers["X-Error-Message"] = "Repository not found";
            await AnswerAsync(context, token.Length == 0 ? 401 : 404, """{"error":"Repository not found"}""");
            return;
        }

        var answer = (context.Request.Method, rest) switch
        {
            ("GET", []) when isApi => InfoAsync(context, id, model, null),
            ("GET", ["revision", var revision]) when isApi => InfoAsync(context, id, model, Uri.UnescapeDataString(revision)),
            ("GET", ["tree", var revision]) when isApi => TreeAsync(context, model, Uri.UnescapeDataString(revision)),
            ("POST", ["preupload", _]) when isApi => PreuploadAsync(context, token),
            ("POST", ["commit", var revision]) when isApi => CommitAsync(context, id, token, Uri.UnescapeDataString(revision)),
            ("GET" or "HEAD", ["resolve", var revision, .. var path]) => ResolveAsync(context, model, Uri.UnescapeDataString(revision), string.Join('/', path)),
            _ => AnswerAsync(context, 404, """{"error":"no such route"}"""),
        };
        await answer;
    }

    private static (string Sha, ImmutableSortedDictionary<string, byte[]> Files)? Find(Model model, string? revision) =>
        revision is null or "main" ? model.Commits[^1] : model.Commits.Any(c => c.Sha == revision) ? model.Commits.First(c => c.Sha == revision) : null;

    private static async Task InfoAsync(HttpContext context, string id, Model model, string? revision)
    {
        if (Find(model, revision) is not { } commit)
        {
            await AnswerAsync(context, 404, """{"error":"Invalid rev id"}""");
            return;
        }

        await AnswerAsync(context, 200, new JsonObject
        {
            ["id"] = id,
            ["sha"] = commit.Sha,
            ["private"] = model.IsPrivate,
            ["siblings"] = new JsonArray([.. commit.Files.Keys.Select(path => new JsonObject { ["rfilename"] = path })]),
        }.ToJsonString());
    }

    private async Task TreeAsync(HttpContext context, Model model, string revision)
    {
        if (Find(model, revision) is not { } commit)
        {
            await AnswerAsync(context, 404, """{"error":"Invalid rev id"}""");
            return;
        }

        var start = int.TryParse(context.Request.Query["cursor"], out var cursor) ? cursor : 0;
        var page = commit.Files.Skip(start).Take(PageSize).Select(file =>
        {
            var entry = new JsonObject { ["type"] = "file", ["oid"] = GitOid(file.Value), ["size"] = file.Value.Length, ["path"] = file.Key };
            if (IsLarge(file.Key))
            {
                entry["lfs"] = new JsonObject { ["oid"] = Sha256(file.Value), ["size"] = file.Value.Length, ["pointerSize"] = 134 };
            }

            return (JsonNode)entry;
        }).ToArray();
        if (start + PageSize < commit.Files.Count)
        {
            context.Response.Headers.Link = $"<{Url}{context.Request.Path.Value![1..]}?recursive=true&cursor={start + PageSize}>; rel=\"next\"";
        }

        await AnswerAsync(context, 200, new JsonArray([new JsonObject { ["type"] = "directory", ["path"] = "folder", ["oid"] = "", ["size"] = 0 }, .. page]).ToJsonString());
    }

    private async Task PreuploadAsync(HttpContext context, string token)
    {
        if (token != $"Bearer {WriteToken}")
        {
            await AnswerAsync(context, 403, """{"error":"this token may not write"}""");
            return;
        }

        var files = JsonNode.Parse(await BodyAsync(context))!["files"]!.AsArray();
        var modes = files.Select(file =>
        {
            Assert.Equal(Math.Min(512, (int)file!["size"]!), Convert.FromBase64String((string)file["sample"]!).Length);
            return (JsonNode)new JsonObject { ["path"] = (string)file["path"]!, ["uploadMode"] = IsLarge((string)file["path"]!) ? "lfs" : "regular", ["shouldIgnore"] = false };
        });
        await AnswerAsync(context, 200, new JsonObject { ["files"] = new JsonArray([.. modes]) }.ToJsonString());
    }

    private async Task CommitAsync(HttpContext context, string id, string token, string revision)
    {
        if (token != $"Bearer {WriteToken}")
        {
            await AnswerAsync(context, 403, """{"error":"this token may not write"}""");
            return;
        }

        var lines = Encoding.UTF8.GetString(await BodyAsync(context)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject()).ToList();
        if (context.Request.ContentType != "application/x-ndjson" || revision != "main" || lines is not [{ } header, ..] || (string?)header["key"] != "header" || header["value"]!["summary"] is null)
        {
            await AnswerAsync(context, 400, """{"error":"a header line is expected first"}""");
            return;
        }

        BeforeCommit?.Invoke();
        JsonObject answer;
        lock (gate)
        {
            var model = models[id];
            var (sha, files) = model.Commits[^1];
            if ((string?)header["value"]!["parentCommit"] is { } parent && parent != sha)
            {
                context.Response.StatusCode = 412;
                return;
            }

            foreach (var line in lines[1..])
            {
                Assert.Equal(("file", "base64"), ((string?)line["key"], (string?)line["value"]!["encoding"]));
                files = files.SetItem((string)line["value"]!["path"]!, Convert.FromBase64String((string)line["value"]!["content"]!));
            }

            var oid = NextCommit(id, model.Commits.Length);
            models[id] = model with { Commits = model.Commits.Add((oid, files)) };
            answer = new JsonObject { ["success"] = true, ["commitOid"] = oid, ["commitUrl"] = $"{Url}{id}/commit/{oid}", ["hookOutput"] = "" };
        }

        await AnswerAsync(context, 200, answer.ToJsonString());
    }

    private async Task ResolveAsync(HttpContext context, Model model, string revision, string path)
    {
        if (Find(model, revision) is not { } commit || !commit.Files.TryGetValue(path, out var content))
        {
            context.Response.Headers["X-Error-Code"] = "EntryNotFound";
            await AnswerAsync(context, 404, "Entry not found", "text/plain");
            return;
        }

        context.Response.Headers["X-Repo-Commit"] = commit.Sha;
        if (!IsLarge(path))
        {
            await SendAsync(context, content, "text/plain", $"\"{GitOid(content)}\"");
            return;
        }

        context.Response.Headers["X-Linked-Etag"] = $"\"{Sha256(content)}\"";
        context.Response.Headers["X-Linked-Size"] = content.Length.ToString(System.Globalization.CultureInfo.InvariantCulture);
        context.Response.StatusCode = 302;
        context.Response.Headers.Location = contents.Add(content).AbsoluteUri;
    }

    private bool IsLarge(string path) => LargeEndings.Exists(ending => path.EndsWith(ending, StringComparison.Ordinal));

    private static string Sha256(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>A tag as git's is: of the content, and not its SHA-256.</summary>
    private static string GitOid(byte[] content) => Sha256([.. Encoding.ASCII.GetBytes($"blob {content.Length}\0"), .. content])[..40];

    private sealed record Model(bool IsPrivate, ImmutableArray<(string Sha, ImmutableSortedDictionary<string, byte[]> Files)> Commits);
}
