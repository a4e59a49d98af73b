using System.CommandLine;
using Aixv.Protocol.Advisories;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv advisory …</c>: what is said against artifacts.</summary>
internal static class AdvisoryCommand
{
    public static Command Create(App app) => new("advisory", "Make, sign, verify, list and fetch advisories.")
    {
        AdvisoryCreateCommand.Create(app),
        AdvisoryVerifyCommand.Create(app),
        AdvisoryListCommand.Create(app),
        AdvisoryPublishCommand.Create(app),
        AdvisorySyncCommand.Create(app),
        AdvisoryStatusCommand.Create(app, "withdraw", AdvisoryStatus.Withdrawn, "Say that an advisory never held, or no longer does."),
        AdvisoryStatusCommand.Create(app, "mitigate", AdvisoryStatus.Mitigated, "Say that an advisory holds and something was done about it."),
    };
}
