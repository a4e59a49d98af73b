using System.CommandLine;
using Aixv.Cli.Trust;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv trust show NAME</c>: what is known of one instance, without asking it.</summary>
internal static class TrustShowCommand
{
    public static Command Create(App app)
    {
        var name = new Argument<string>("NAME") { Description = "The instance." };
        var command = new Command("show", "Show what is known of an instance.") { name };
        return command.Answer(app, parse =>
        {
            var status = TrustFolder.Open(app).Show(parse.GetRequiredValue(name));
            return new InstanceOutcome(status.IsBuiltIn ? $"{status.Name} (built in)" : status.Name, status);
        });
    }
}
