using System.CommandLine;
using Aixv.Cli.Serving;
using Aixv.Track.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv track audit</c>: do log, blobs and index agree, and did the log only grow since the last audit?</summary>
internal static class TrackAuditCommand
{
    public static Command Create(App app)
    {
        var since = Options.Text("--since", "FILE", "The checkpoint of the last audit; replaced by this one's when all is well. Keep it on another machine.");
        var command = new Command("audit", "Prove that log, blobs and index agree (server stopped, or on PostgreSQL).") { since };
        var storage = new StorageOptions(command);
        return command.Answer(app, async (parse, cancellationToken) =>
        {
            var file = parse.GetValue(since) is { } path ? app.Resolve(path) : null;
            var before = file is not null && File.Exists(file) ? await File.ReadAllTextAsync(file, cancellationToken) : null;
            var report = await TrackMaintenance.AuditAsync(storage.Read(app, parse), before, NullLogger.Instance, cancellationToken);
            if (file is not null && report.Faults.Count == 0)
            {
                var temporary = file + ".tmp";
                await File.WriteAllTextAsync(temporary, report.Checkpoint, cancellationToken);
                File.Move(temporary, file, overwrite: true);
            }

            return new AuditOutcome(report, before is not null);
        });
    }
}
