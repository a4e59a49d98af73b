using System.CommandLine;
using Aixv.Cli.Serving;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv tenant update NAME</c>: other limits, or another status.</summary>
internal static class TenantUpdateCommand
{
    public static Command Create(App app)
    {
        var name = new Argument<string>("NAME") { Description = "The tenant's name or id." };
        var suspend = Options.Flag("--suspend", "Refuse its keys from now on; what it registered stays.");
        var resume = Options.Flag("--resume", "Accept its keys again.");
        var command = new Command("update", "Limit, suspend or resume a tenant.") { name, suspend, resume };
        var limits = new TenantLimitOptions(command);
        var administration = new RegistryAdministration(command);
        return command.Answer(app, async (parse, cancellationToken) =>
        {
            var body = limits.Read(parse);
            if (parse.GetValue(suspend) || parse.GetValue(resume))
            {
                body["status"] = parse.GetValue(suspend) ? "suspended" : "active";
            }

            var path = $"/v1/tenants/{Uri.EscapeDataString(parse.GetRequiredValue(name))}";
            var answer = await administration.SendAsync(app, parse, HttpMethod.Patch, path, body, cancellationToken);
            return new RegistryOutcome("changed a tenant", answer, TenantLimitOptions.Shown);
        });
    }
}
