using System.CommandLine;
using System.Text.Json.Nodes;
using Aixv.Cli.Serving;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv key create TENANT --scopes …</c>: shows the key, once.</summary>
internal static class KeyCreateCommand
{
    public static Command Create(App app)
    {
        var tenant = KeyCommand.Tenant();
        var scopes = Options.Text("--scopes", "LIST", "What it allows, with commas: models:write, datasets:*, admin (default).");
        var name = Options.Text("--name", "TEXT", "What it is for.");
        var expires = Options.Text("--expires", "TIME", "When it ends, as 2027-01-31T12:00:00Z (default: never).");
        var command = new Command("create", "Make an API key.") { tenant, scopes, name, expires };
        var administration = new RegistryAdministration(command);
        return command.Answer(app, async (parse, cancellationToken) =>
        {
            var granted = (parse.GetValue(scopes) ?? "admin").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            var body = new JsonObject
            {
                ["name"] = parse.GetValue(name) ?? "command line",
                ["scopes"] = new JsonArray([.. granted.Select(s => (JsonNode)s)]),
            };
            if (parse.GetValue(expires) is { } end)
            {
                body["expires_at"] = end;
            }

            var path = KeyCommand.PathOf(parse.GetRequiredValue(tenant));
            var answer = await administration.SendAsync(app, parse, HttpMethod.Post, path, body, cancellationToken);
            return new RegistryOutcome("made a key", answer, ["key", "id", "tenant_id", "scopes", "expires_at"]);
        });
    }
}
