using System.CommandLine;
using Aixv.Authority.Identity;
using Aixv.Cli.Serving;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv authority user add NAME --email ADDRESS</c>: lets a person sign in.</summary>
internal static class AuthorityUserAddCommand
{
    public static Command Create(App app)
    {
        var data = AuthorityFolder.Option();
        var name = new Argument<string>("NAME") { Description = "The login name." };
        var email = new Option<string>("--email") { Description = "The address that the person's certificates will name.", HelpName = "ADDRESS", Required = true };
        var passwordVariable = Options.Text("--password-env", "VARIABLE", "The environment variable with the password (default: one is made and shown).");
        var command = new Command("add", "Let a person sign in.") { name, email, passwordVariable, data };
        return command.Answer(app, parse =>
        {
            var given = parse.GetValue(passwordVariable) is { } variable
                ? app.Environment(variable) ?? throw new CommandFailure($"the environment variable {variable} of --password-env is not set")
                : null;
            var password = Accounts.Open(AuthorityFolder.Resolve(app, parse, data))
                .AddUser(parse.GetRequiredValue(name), parse.GetRequiredValue(email), given);
            return new AccountOutcome(parse.GetRequiredValue(name), "user", "added", "password", given is null ? password : null);
        });
    }
}
