using System.CommandLine;
using Aixv.Cli.Serving;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv agent list</c>.</summary>
internal static class AgentListCommand
{
    public static Command Create(App app)
    {
        var tenant = AgentCommand.Tenant();
        var command = new Command("list", "List the newest agents of a tenant.") { tenant };
        var administration = new RegistryAdministration(command);
        return command.Answer(app, async (parse, cancellationToken) =>
        {
            var answer = await administration.SendForTenantAsync(
                app, parse, parse.GetValue(tenant), ["agents:read"], HttpMethod.Get, "/v1/agents?limit=200", null, cancellationToken);
            return new RegistryOutcome($"{answer["total"]} agents", answer, ["id", "display_name", "agent_type", "trust_level", "status"], "agents");
        });
    }
}
