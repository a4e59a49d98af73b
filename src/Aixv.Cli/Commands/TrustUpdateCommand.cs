using System.CommandLine;
using Aixv.Cli.Trust;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv trust update NAME</c>: asks an instance for its trust material now.</summary>
internal static class TrustUpdateCommand
{
    public static Command Create(App app)
    {
        var name = new Argument<string>("NAME") { Description = "The instance." };
        var command = new Command("update", "Ask an instance for its trust material now.") { name };
        return command.Answer(app, async (parse, cancellationToken) =>
        {
            var store = TrustFolder.Open(app);
            var resolved = await store.UpdateAsync(parse.GetRequiredValue(name), cancellationToken);
            return new InstanceOutcome($"updated: {resolved.Instance}", store.Show(resolved.Instance));
        });
    }
}
