using System.CommandLine;
using System.Text.Json.Nodes;
using Aixv.Cli.Serving;
using Aixv.Track.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv track rebuild</c>: computes the index again from blobs and log.</summary>
internal static class TrackRebuildCommand
{
    public static Command Create(App app)
    {
        var command = new Command("rebuild", "Drop the index and compute it again from blobs and log (server stopped, or on PostgreSQL).");
        var storage = new StorageOptions(command);
        return command.Answer(app, async (parse, cancellationToken) =>
        {
            var entries = await TrackMaintenance.RebuildAsync(storage.Read(app, parse), NullLogger.Instance, cancellationToken);
            return new RegistryOutcome("computed the index again", new JsonObject { ["entries"] = entries }, ["entries"]);
        });
    }
}
