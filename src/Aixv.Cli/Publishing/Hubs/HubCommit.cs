using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aixv.Cli.Publishing.Folders;

namespace Aixv.Cli.Publishing.Hubs;

/// <summary>One commit of small files to a model's repository. Whatever else is there, weights above all, stays as it is.</summary>
internal sealed record HubCommit(HubName Model, string Revision, string Summary, IReadOnlyList<(string Path, byte[] Content)> Files)
{
    private const int SampleBytes = 512;

    /// <summary>Sends it on top of the commit that was looked at.</summary>
    /// <param name="parent">What the revision must still be; null commits on top of anything.</param>
    /// <returns>The new commit; null when the revision is another one meanwhile.</returns>
    /// <exception cref="CommandFailure">The hub does not take these files this way, or refused.</exception>
    public async Task<string?> SendAsync(HubClient hub, string? parent, CancellationToken cancellationToken)
    {
        await AskAsync(hub, cancellationToken);
        var answer = await hub.PostAsync(hub.Api(Model, "commit", Revision), ToLines(parent), "application/x-ndjson", cancellationToken);
        if (answer.Status is HttpStatusCode.PreconditionFailed or HttpStatusCode.Conflict)
        {
            return null;
        }

        var oid = hub.Require(answer, Model).ToObject()["commitOid"];
        return oid is JsonValue value && value.TryGetValue<string>(out var text) ? text : throw new InvalidDataException($"{hub.Endpoint.Authority} took the commit and did not say its id");
    }

    /// <summary>The hub says how it wants each file: in the commit, or as a large file.</summary>
    private async Task AskAsync(HubClient hub, CancellationToken cancellationToken)
    {
        var question = new JsonObject
        {
            ["files"] = new JsonArray([.. Files.Select(file => new JsonObject
            {
                ["path"] = file.Path,
                ["size"] = file.Content.Length,
                ["sample"] = Convert.ToBase64String(file.Content, 0, Math.Min(SampleBytes, file.Content.Length)),
            })]),
        };
        var address = hub.Api(Model, "preupload", Revision);
        var answer = hub.Require(await hub.PostAsync(address, Encoding.UTF8.GetBytes(question.ToJsonString()), "application/json", cancellationToken), Model).ToObject();
        foreach (var file in (answer["files"] as JsonArray ?? []).OfType<JsonObject>())
        {
            if (file["shouldIgnore"] is JsonValue ignore && ignore.TryGetValue<bool>(out var isIgnored) && isIgnored)
            {
                throw new CommandFailure($"{Model}: .gitignore of the repository leaves out {file["path"]}: take it out there");
            }

            if (file["uploadMode"]?.ToString() is not (null or "regular"))
            {
                throw new CommandFailure($"{Model}: the hub keeps {file["path"]} as a large file, by .gitattributes of the repository: bundles are text, so take *.json out there");
            }
        }
    }

    /// <summary>The hub's form: a line of JSON each, the head first.</summary>
    public byte[] ToLines(string? parent)
    {
        using var output = new MemoryStream();
        var header = new JsonObject { ["summary"] = Summary, ["description"] = "" };
        if (parent is not null)
        {
            header["parentCommit"] = parent;
        }

        WriteLine(output, new JsonObject { ["key"] = "header", ["value"] = header });
        foreach (var (path, content) in Files)
        {
            WriteLine(output, new JsonObject
            {
                ["key"] = "file",
                ["value"] = new JsonObject { ["content"] = Convert.ToBase64String(content), ["path"] = path, ["encoding"] = "base64" },
            });
        }

        return output.ToArray();
    }

    private static void WriteLine(Stream output, JsonObject line)
    {
        using (var writer = new Utf8JsonWriter(output))
        {
            line.WriteTo(writer);
        }

        output.WriteByte((byte)'\n');
    }
}
