using System.CommandLine;
using Aixv.Cli.Serving;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv tenant create NAME</c>.</summary>
internal static class TenantCreateCommand
{
    public static Command Create(App app)
    {
        var name = new Argument<string>("NAME") { Description = "Letters, digits, dots, hyphens and underscores." };
        var isPublic = Options.Flag("--public", "Everybody sees what it registers. This cannot be changed.");
        var command = new Command("create", "Make a tenant.") { name, isPublic };
        var limits = new TenantLimitOptions(command);
        var administration = new RegistryAdministration(command);
        return command.Answer(app, async (parse, cancellationToken) =>
        {
            var body = limits.Read(parse);
            body["name"] = parse.GetRequiredValue(name);
            body["visibility"] = parse.GetValue(isPublic) ? "public" : "private";
            var answer = await administration.SendAsync(app, parse, HttpMethod.Post, "/v1/tenants", body, cancellationToken);
            return new RegistryOutcome("made a tenant", answer, TenantLimitOptions.Shown);
        });
    }
}
