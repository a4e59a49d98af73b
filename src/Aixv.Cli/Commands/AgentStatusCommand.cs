using System.CommandLine;
using System.Text.Json.Nodes;
using Aixv.Cli.Serving;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv agent suspend|activate|revoke ID</c>.</summary>
internal static class AgentStatusCommand
{
    public static Command Create(App app, string act, string description)
    {
        var id = new Argument<string>("ID") { Description = "The agent's id, in any spelling." };
        var reason = Options.Text("--reason", "TEXT", "Why; it is kept in the log.");
        var tenant = AgentCommand.Tenant();
        var command = new Command(act, description) { id, reason, tenant };
        var administration = new RegistryAdministration(command);
        return command.Answer(app, async (parse, cancellationToken) =>
        {
            var body = new JsonObject();
            if (parse.GetValue(reason) is { } why)
            {
                body["reason"] = why;
            }

            var path = $"/v1/agents/{Uri.EscapeDataString(parse.GetRequiredValue(id))}/{act}";
            var answer = await administration.SendForTenantAsync(
                app, parse, parse.GetValue(tenant), ["agents:*"], HttpMethod.Post, path, body, cancellationToken);
            return new RegistryOutcome($"the agent is {answer["status"]}", answer, AgentCommand.Members);
        });
    }
}
