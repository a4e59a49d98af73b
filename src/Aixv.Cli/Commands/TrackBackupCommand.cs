using System.CommandLine;
using System.Text.Json.Nodes;
using Aixv.Cli.Serving;
using Aixv.Track.Hosting;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv track backup FOLDER</c>: copies the embedded storage, also of a server that runs.</summary>
internal static class TrackBackupCommand
{
    public static Command Create(App app)
    {
        var target = new Argument<string>("FOLDER") { Description = "Where to; must be empty or absent. It will hold the log's private key." };
        var command = new Command("backup", "Copy a registry's folder, also while its server runs.") { target };
        var storage = new StorageOptions(command);
        return command.Answer(app, parse =>
        {
            var options = storage.Read(app, parse);
            if (options.Connection is not null)
            {
                throw new CommandFailure("a registry on PostgreSQL is backed up with pg_dump (or by archiving its WAL) and a copy of its bucket; docs/track-operation.md says how");
            }

            var folder = app.Resolve(parse.GetRequiredValue(target));
            var entries = TrackMaintenance.Backup(options.DataFolder, folder);
            return new RegistryOutcome("copied the registry", new JsonObject { ["folder"] = folder, ["entries"] = entries }, ["folder", "entries"]);
        });
    }
}
