using Aixv.Cli.Publishing.Folders;
using Aixv.Cli.Publishing.Hubs;
using Aixv.Cli.Publishing.Transport;
using Aixv.Sigstore.Bundles;

namespace Aixv.Cli.Publishing.Fetching;

/// <summary>A model on a hub: bundles lie beside the weights.</summary>
internal sealed class HubSource(HubClient hub, HubName model, string revision) : IModelSource
{
    private const int MaximumBundles = 1000;
    private const long MaximumTotal = 256L * 1024 * 1024;

    public async Task<RemoteModel> LookAsync(CancellationToken cancellationToken)
    {
        // One commit for all files: what is read later is of the same state.
        var commit = await hub.HeadAsync(model, revision, cancellationToken) ?? revision;
        var files = await hub.ListAsync(model, commit, cancellationToken);
        var named = files.Where(f => RemoteBundle.HasName(f.Path)).ToList();
        if (named.Count > MaximumBundles || named.Sum(f => Math.Max(f.Size, 0)) > MaximumTotal)
        {
            throw new CommandFailure($"{model} has {named.Count} bundles, more than are read");
        }

        var bundles = new List<RemoteBundle>();
        var skipped = new List<(string, string)>();
        foreach (var file in named)
        {
            var bytes = file.Size <= Bundle.MaximumBytes ? await hub.ReadAsync(model, commit, file.Path, Bundle.MaximumBytes, cancellationToken) : null;
            if (bytes is not null && SafePath.IsRelative(file.Path) && RemoteBundle.TryRead(file.Path, bytes, $"{model}/{file.Path}") is { } bundle)
            {
                bundles.Add(bundle);
            }
            else
            {
                skipped.Add((file.Path, "no bundle, by its content"));
            }
        }

        return new RemoteModel(
            $"{hub.Endpoint.Authority}/{model}@{commit}",
            model.Model,
            [.. files.Except(named).Select(f => new RemoteFile(
                f.Path, f.Size < 0 ? null : f.Size, f.Sha256, new PeerRequest(HttpMethod.Get, hub.AddressOf(model, commit, f.Path)) { Authorization = hub.Authorization }))],
            bundles,
            skipped);
    }
}
