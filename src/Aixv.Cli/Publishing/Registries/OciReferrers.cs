using System.Net;
using System.Text.Json.Nodes;
using Aixv.Cli.Publishing.Transport;
using Aixv.Protocol.Statements;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Cli.Publishing.Registries;

/// <summary>What refers to a manifest: by the registry's own list (OCI 1.1), or by the tag that takes its place where there is none.</summary>
internal sealed class OciReferrers(OciClient client, Digest subject)
{
    private const int MaximumPages = 100;
    private const int MaximumIndex = 4 * 1024 * 1024;

    /// <summary>Distribution spec, "Referrers tag schema".</summary>
    private string Tag => $"sha256-{subject.Hex}";

    /// <summary>All referrers, and whether the registry lists them itself.</summary>
    public async Task<(IReadOnlyList<OciDescriptor> Found, bool HasApi)> ListAsync(CancellationToken cancellationToken)
    {
        var found = new List<OciDescriptor>();
        Uri? next = client.Repository.Api($"referrers/{subject}");
        for (var page = 0; next is not null && page < MaximumPages; page++)
        {
            var answer = await client.SendAsync(new PeerRequest(HttpMethod.Get, next) { Accept = OciManifest.Index, MaximumBytes = MaximumIndex }, "pull", cancellationToken);
            if (page == 0 && answer.Status is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or HttpStatusCode.BadRequest)
            {
                return ((await client.FindManifestAsync(Tag, cancellationToken))?.Descriptors("manifests").ToList() ?? [], false);
            }

            var index = new OciManifest(OciManifest.Index, client.Require(answer).Body);
            found.AddRange(index.Descriptors("manifests"));
            next = NextPage(answer);
        }

        return (found, true);
    }

    private Uri? NextPage(PeerAnswer answer) =>
        answer.Header("Link")?.Split('<', '>') is [_, var target, ..] && Uri.TryCreate(answer.Address, target, out var next)
            ? PeerRequest.IsSameAuthority(next, client.Repository.Registry) ? next : throw new HttpRequestException($"{client.Repository.Registry.Authority} continues its list on {next.Authority}: refused")
            : null;

    /// <summary>Puts a manifest on the tag's list, which clients keep where the registry has none.</summary>
    public async Task AddToTagAsync(JsonObject descriptor, CancellationToken cancellationToken)
    {
        var index = (await client.FindManifestAsync(Tag, cancellationToken))?.ToJson() ?? new JsonObject { ["schemaVersion"] = 2, ["mediaType"] = OciManifest.Index };
        var list = index["manifests"] as JsonArray ?? [];
        if (list.OfType<JsonObject>().Any(known => JsonNode.DeepEquals(known["digest"], descriptor["digest"])))
        {
            return;
        }

        list.Add(descriptor);
        index["manifests"] = list.DeepClone();
        await client.WriteManifestAsync(Tag, OciManifest.Index, SortedJson.Serialize(index), cancellationToken);
    }
}
