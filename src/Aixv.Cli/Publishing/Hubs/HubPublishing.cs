using System.Text.Json.Nodes;
using Aixv.Cli.Publishing.Folders;
using Aixv.Cli.Publishing.Sending;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Cli.Publishing.Hubs;

/// <summary>Puts files beside a model's weights on a hub: in one commit, and only what is not there already.</summary>
internal sealed class HubPublishing(HubClient hub, HubName model, string revision)
{
    private const int Attempts = 4;
    private const int MaximumCompared = 64 * 1024 * 1024;

    /// <param name="weights">The files that the bundles are about, by their paths in the repository.</param>
    /// <param name="files">What to put there.</param>
    /// <param name="dryRun">Says what would be sent, and sends nothing.</param>
    public async Task<SendingStep> RunAsync(
        IReadOnlyList<(string Path, Digest Digest)> weights, IReadOnlyList<(string Path, byte[] Content)> files, bool dryRun, CancellationToken cancellationToken)
    {
        if (!hub.HasToken && !dryRun)
        {
            throw new CommandFailure("the hub needs a token that may write: set HF_TOKEN");
        }

        HttpRequestException? unsure = null;
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var parent = await hub.HeadAsync(model, revision, cancellationToken);
            var there = (await hub.ListAsync(model, parent ?? revision, cancellationToken)).ToDictionary(f => f.Path, StringComparer.Ordinal);
            var notes = await CompareWeightsAsync(weights, there, parent ?? revision, cancellationToken);
            var missing = new List<(string Path, byte[] Content)>();
            foreach (var file in files)
            {
                if (!await IsThereAsync(file, there, parent ?? revision, cancellationToken))
                {
                    missing.Add(file);
                }
            }

            var step = new SendingStep("hub", $"{hub.Endpoint}{model}") { Items = [.. files.Select(f => f.Path)], Notes = notes };
            if (missing.Count == 0)
            {
                return step with { State = SendingState.Unchanged, Detail = $"{revision} has these files already" };
            }

            var commit = new HubCommit(model, revision, $"aixv: {string.Join(", ", missing.Take(3).Select(f => f.Path))}{(missing.Count > 3 ? $" and {missing.Count - 3} more" : "")}", missing);
            if (dryRun)
            {
                return step with { State = SendingState.Planned, Detail = $"one commit to {revision}", Requests = Planned(commit, parent) };
            }

            try
            {
                if (await commit.SendAsync(hub, parent, cancellationToken) is { } oid)
                {
                    return step with { State = SendingState.Done, Detail = $"commit {oid}" };
                }
            }
            catch (HttpRequestException e)
            {
                // Nobody knows whether the commit was made: looking again tells.
                unsure = e;
            }
        }

        throw unsure ?? new HttpRequestException($"{model}: {revision} changed {Attempts} times while this was published: try again");
    }

    /// <summary>A bundle beside other weights than it is about would mislead whoever finds it.</summary>
    private async Task<IReadOnlyList<string>> CompareWeightsAsync(
        IReadOnlyList<(string Path, Digest Digest)> weights, Dictionary<string, HubFile> there, string commit, CancellationToken cancellationToken)
    {
        var notes = new List<string>();
        foreach (var (path, digest) in weights)
        {
            if (!there.TryGetValue(path, out var file))
            {
                notes.Add($"{path} is not on the hub yet: upload it too");
                continue;
            }

            var found = file.Sha256 ?? (file.Size is >= 0 and <= MaximumCompared && await hub.ReadAsync(model, commit, path, MaximumCompared, cancellationToken) is { } bytes ? Digest.Of(bytes) : null);
            if (found is null)
            {
                notes.Add($"{path}: the hub does not say its digest, so it was not compared");
            }
            else if (found != digest)
            {
                throw new CommandFailure($"{path} on the hub is {found}, and the bundle is about {digest}: upload these weights first, or attest those");
            }
        }

        return notes;
    }

    private async Task<bool> IsThereAsync((string Path, byte[] Content) file, Dictionary<string, HubFile> there, string commit, CancellationToken cancellationToken) =>
        there.TryGetValue(file.Path, out var known) && known.Size == file.Content.Length
        && await hub.ReadAsync(model, commit, file.Path, file.Content.Length, cancellationToken) is { } bytes && bytes.AsSpan().SequenceEqual(file.Content);

    private JsonArray Planned(HubCommit commit, string? parent)
    {
        var address = hub.Api(model, "commit", revision);
        return new JsonArray(new JsonObject
        {
            ["method"] = "POST",
            ["url"] = address.AbsoluteUri,
            ["content_type"] = "application/x-ndjson",
            ["parent_commit"] = parent,
            ["summary"] = commit.Summary,
            ["files"] = new JsonArray([.. commit.Files.Select(f => new JsonObject { ["path"] = f.Path, ["size"] = f.Content.Length, ["digest"] = Digest.Of(f.Content).ToString() })]),
        });
    }
}
