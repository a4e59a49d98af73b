using System.CommandLine;
using Aixv.Authority.Identity;
using Aixv.Cli.Serving;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv authority user remove NAME</c> and <c>… machine remove NAME</c>: no new tokens for this account.</summary>
internal static class AuthorityAccountRemoveCommand
{
    public static Command Create(App app, string kind)
    {
        var data = AuthorityFolder.Option();
        var name = new Argument<string>("NAME") { Description = "The account." };
        var command = new Command("remove", "Give this account no more tokens.") { name, data };
        return command.Answer(app, parse =>
        {
            var account = parse.GetRequiredValue(name);
            var accounts = Accounts.Open(AuthorityFolder.Resolve(app, parse, data));
            if (!accounts.List().Any(a => a.Name == account && a.Kind == kind) || !accounts.Remove(account))
            {
                throw new CommandFailure($"there is no {kind} account '{account}'");
            }

            return new AccountOutcome(account, kind, "removed", "secret", null);
        });
    }
}
