using System.CommandLine;
using System.Text.Json.Nodes;
using Aixv.Authority.Hosting;
using Aixv.Authority.Keys;
using Aixv.Cli.Output;
using Aixv.Cli.Serving;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv authority rotate SERVICE…</c>: new keys, while what the old ones signed stays good.</summary>
internal static class AuthorityRotateCommand
{
    public static Command Create(App app)
    {
        var services = new Argument<string[]>("SERVICE")
        {
            Description = $"What gets a new key: {string.Join(", ", Enum.GetValues<ServiceRole>().Select(Kebab.Of))}, or all.",
            Arity = ArgumentArity.OneOrMore,
        };
        var data = AuthorityFolder.Option();
        var url = Options.Text("--url", "URL", "The new address, where the logs are to get another host name.");
        var command = new Command("rotate", "Give services new keys; the Authority must not be running.") { services, url, data };
        return command.Answer(app, async (parse, cancellationToken) =>
        {
            var roles = parse.GetRequiredValue(services).SelectMany(Roles).Distinct().ToList();
            var folder = AuthorityFolder.Resolve(app, parse, data);
            await KeyRotation.RotateAsync(
                new AuthorityOptions { DataFolder = folder, Url = parse.GetValue(url) ?? ServedUrl(folder), Time = app.Time }, roles, cancellationToken);
            return new Outcome(folder, [.. roles.Select(Kebab.Of)]);
        });
    }

    private static IEnumerable<ServiceRole> Roles(string name)
    {
        var all = Enum.GetValues<ServiceRole>();
        if (name == "all")
        {
            return all;
        }

        var found = Array.FindIndex(all, role => Kebab.Of(role) == name);
        return found >= 0 ? [all[found]] : throw new CommandFailure($"unknown service: {name} (known: {string.Join(", ", all.Select(Kebab.Of))}, all)");
    }

    /// <summary>The host name that the logs have now, from what is published.</summary>
    private static string? ServedUrl(string folder)
    {
        var config = Path.Combine(folder, "public", "signing_config.v0.2.json");
        return File.Exists(config) && JsonNode.Parse(File.ReadAllBytes(config))?["rekorTlogUrls"]?[0]?["url"]?.GetValue<string>() is { } url
            ? new Uri(url).GetLeftPart(UriPartial.Authority)
            : null;
    }

    private sealed record Outcome(string Folder, IReadOnlyList<string> Services) : IOutcome
    {
        public int ExitCode => Cli.ExitCode.Ok;

        public JsonObject ToJson() => new()
        {
            ["ok"] = true,
            ["data"] = Folder,
            ["rotated"] = new JsonArray([.. Services.Select(s => (JsonNode)s)]),
        };

        public void Describe(Report report)
        {
            report.Title(good: true, $"rotated: {string.Join(", ", Services)}");
            report.Line("The next 'aixv serve' publishes the new keys; clients learn of them by 'aixv trust update'.");
        }
    }
}
