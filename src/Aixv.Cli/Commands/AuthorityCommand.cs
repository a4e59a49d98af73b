using System.CommandLine;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv authority …</c>: the accounts and keys of an Authority's data folder.</summary>
internal static class AuthorityCommand
{
    public static Command Create(App app) => new("authority", "Manage the accounts and keys of a private Sigstore.")
    {
        AuthorityShowCommand.Create(app),
        AuthorityRotateCommand.Create(app),
        new Command("user", "Manage the people who may sign in.") { AuthorityUserAddCommand.Create(app), AuthorityAccountRemoveCommand.Create(app, "user") },
        new Command("machine", "Manage the machines that may sign in.") { AuthorityMachineAddCommand.Create(app), AuthorityAccountRemoveCommand.Create(app, "machine") },
    };
}
