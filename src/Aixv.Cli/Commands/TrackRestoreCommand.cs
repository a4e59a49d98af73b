using System.CommandLine;
using Aixv.Cli.Serving;
using Aixv.Track.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv track restore FOLDER</c>: puts a backup into a new data folder, and audits it.</summary>
internal static class TrackRestoreCommand
{
    public static Command Create(App app)
    {
        var source = new Argument<string>("FOLDER") { Description = "The backup." };
        var latest = Options.Text("--latest-checkpoint", "FILE", "The latest checkpoint that anyone has seen: a backup that is behind it is refused.");
        var lost = Options.Flag("--nothing-newer", "Nobody has a receipt or checkpoint that is newer than the backup.");
        var command = new Command("restore", "Put a backup into a new data folder, compute its index and audit it.") { source, latest, lost };
        var storage = new StorageOptions(command);
        return command.Answer(app, async (parse, cancellationToken) =>
        {
            if (parse.GetValue(latest) is null == !parse.GetValue(lost))
            {
                throw new CommandFailure(
                    "give the latest checkpoint that anyone has seen (--latest-checkpoint FILE), or say that there is none newer than the backup "
                    + "(--nothing-newer): a log that goes on from an older state has two histories, and its key is worthless",
                    ExitCode.Usage);
            }

            var checkpoint = parse.GetValue(latest) is { } path ? await File.ReadAllTextAsync(app.Resolve(path), cancellationToken) : null;
            var report = await TrackMaintenance.RestoreAsync(
                app.Resolve(parse.GetRequiredValue(source)), storage.Read(app, parse).DataFolder, checkpoint, NullLogger.Instance, cancellationToken);
            return new AuditOutcome(report, checkpoint is not null);
        });
    }
}
