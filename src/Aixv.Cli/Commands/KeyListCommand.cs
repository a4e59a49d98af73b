using System.CommandLine;
using Aixv.Cli.Serving;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv key list TENANT</c>.</summary>
internal static class KeyListCommand
{
    public static Command Create(App app)
    {
        var tenant = KeyCommand.Tenant();
        var command = new Command("list", "List a tenant's newest keys.") { tenant };
        var administration = new RegistryAdministration(command);
        return command.Answer(app, async (parse, cancellationToken) =>
        {
            var path = $"{KeyCommand.PathOf(parse.GetRequiredValue(tenant))}?limit=100";
            var answer = await administration.SendAsync(app, parse, HttpMethod.Get, path, null, cancellationToken);
            return new RegistryOutcome($"{answer["total"]} keys", answer, ["prefix", "id", "status", "scopes", "name", "last_used_at"], "api_keys");
        });
    }
}
