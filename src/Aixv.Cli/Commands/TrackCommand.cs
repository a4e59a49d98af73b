using System.CommandLine;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv track …</c>: a registry's storage.</summary>
internal static class TrackCommand
{
    public static Command Create(App app) => new("track", "Look after the storage of a registry: audit, rebuild, backup, restore.")
    {
        TrackAuditCommand.Create(app), TrackRebuildCommand.Create(app), TrackBackupCommand.Create(app), TrackRestoreCommand.Create(app),
    };
}
