using System.CommandLine;
using Aixv.Cli.Serving;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv key revoke TENANT ID</c>.</summary>
internal static class KeyRevokeCommand
{
    public static Command Create(App app)
    {
        var tenant = KeyCommand.Tenant();
        var id = new Argument<string>("ID") { Description = "The key's id, as 'key list' shows it." };
        var command = new Command("revoke", "End an API key for ever.") { tenant, id };
        var administration = new RegistryAdministration(command);
        return command.Answer(app, async (parse, cancellationToken) =>
        {
            var path = $"{KeyCommand.PathOf(parse.GetRequiredValue(tenant))}/{Uri.EscapeDataString(parse.GetRequiredValue(id))}/revoke";
            var answer = await administration.SendAsync(app, parse, HttpMethod.Post, path, [], cancellationToken);
            return new RegistryOutcome("revoked a key", answer, ["id", "prefix", "status"]);
        });
    }
}
