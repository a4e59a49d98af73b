using System.CommandLine;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv trust …</c>: which Sigstore instances does this user know?</summary>
internal static class TrustCommand
{
    public static Command Create(App app) => new("trust", "Manage the Sigstore instances that this user knows.")
    {
        TrustAddCommand.Create(app),
        TrustListCommand.Create(app),
        TrustShowCommand.Create(app),
        TrustUpdateCommand.Create(app),
        TrustRemoveCommand.Create(app),
    };
}
