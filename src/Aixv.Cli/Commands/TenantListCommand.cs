using System.CommandLine;
using Aixv.Cli.Serving;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv tenant list</c>.</summary>
internal static class TenantListCommand
{
    public static Command Create(App app)
    {
        var command = new Command("list", "List the newest tenants.");
        var administration = new RegistryAdministration(command);
        return command.Answer(app, async (parse, cancellationToken) =>
        {
            var answer = await administration.SendAsync(app, parse, HttpMethod.Get, "/v1/tenants?limit=100", null, cancellationToken);
            return new RegistryOutcome($"{answer["total"]} tenants", answer, ["name", "id", "visibility", "status"], "tenants");
        });
    }
}
