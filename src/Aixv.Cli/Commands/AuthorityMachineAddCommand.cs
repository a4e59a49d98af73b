using System.CommandLine;
using Aixv.Authority.Identity;
using Aixv.Cli.Serving;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv authority machine add NAME</c>: lets a machine sign in by client credentials.</summary>
internal static class AuthorityMachineAddCommand
{
    public static Command Create(App app)
    {
        var data = AuthorityFolder.Option();
        var name = new Argument<string>("NAME") { Description = "The client id." };
        var subject = Options.Text("--subject", "URI", "What the machine's certificates will name (default: ISSUER/machines/NAME).");
        var command = new Command("add", "Let a machine sign in.") { name, subject, data };
        return command.Answer(app, parse =>
        {
            var secret = Accounts.Open(AuthorityFolder.Resolve(app, parse, data)).AddMachine(parse.GetRequiredValue(name), parse.GetValue(subject));
            return new AccountOutcome(parse.GetRequiredValue(name), "machine", "added", "secret", secret);
        });
    }
}
