using System.Text.Json.Nodes;
using Aixv.Interop.Tests.Peers;

namespace Aixv.Interop.Tests.Authorities;

/// <summary><c>tuf-js</c> on an Authority's repository.</summary>
internal static class RepositoryClient
{
    /// <summary>The published targets, base64, by name; or <c>error</c>.</summary>
    /// <param name="folder">The client's cache, in the folder of the fixture.</param>
    /// <param name="root">The root from which the client starts.</param>
    internal static async Task<JsonObject> ReadAsync(RunningAuthority authority, string folder, byte[] root, CancellationToken cancellationToken)
    {
        NodeScript.Require();
        await using var script = NodeScript.Start("tuf-client.mjs");
        var answer = await script.AskAsync(
            new JsonObject
            {
                ["url"] = $"{authority.Url}/tuf",
                ["root"] = Convert.ToBase64String(root),
                ["folder"] = Path.Combine(authority.Folder, folder),
                ["targets"] = new JsonArray("trusted_root.json", "signing_config.v0.2.json", "absent.json"),
            },
            cancellationToken);
        return JsonNode.Parse(answer.GetRawText())!.AsObject();
    }
}
