using System.CommandLine;
using System.Text.Json.Nodes;
using Aixv.Cli.Serving;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv agent register NAME</c>: the agent keeps its private key; the registry is given the public one, or who vouches for it.</summary>
internal static class AgentRegisterCommand
{
    private const int MaximumKey = 16 * 1024;

    public static Command Create(App app)
    {
        var name = new Argument<string>("NAME") { Description = "What people call it." };
        var id = Options.Text("--id", "UUID", "An id of your own choice (default: the server makes one).");
        var type = Options.Text("--type", "TYPE", "orchestrator, worker (default), inference, pipeline, service, bot or llm.");
        var key = Options.Text("--public-key", "FILE", "The public key that its signatures verify with (PEM).");
        var subject = Options.Text("--identity", "SUBJECT", "The subject of the certificates that it signs by, in place of a key.");
        var issuer = Options.Text("--issuer", "URL", "Who vouches for --identity.");
        var expires = Options.Text("--expires", "TIME", "When it is revoked by itself, as 2027-01-31T12:00:00Z (default: never).");
        var tenant = AgentCommand.Tenant();
        var command = new Command("register", "Register who may attest.") { name, id, type, key, subject, issuer, expires, tenant };
        var administration = new RegistryAdministration(command);
        return command.Answer(app, async (parse, cancellationToken) =>
        {
            var body = new JsonObject { ["display_name"] = parse.GetRequiredValue(name) };
            foreach (var (member, option) in ((string, Option<string?>)[])[("id", id), ("agent_type", type), ("expires_at", expires)])
            {
                if (parse.GetValue(option) is { } value)
                {
                    body[member] = value;
                }
            }

            if (parse.GetValue(key) is { } path)
            {
                body["public_key"] = ReadKey(app.Resolve(path));
            }

            if (parse.GetValue(subject) is { } who)
            {
                body["identity"] = new JsonObject
                {
                    ["subject"] = who,
                    ["issuer"] = parse.GetValue(issuer) ?? throw new CommandFailure("--identity: --issuer says who vouches for it", ExitCode.Usage),
                };
            }

            var answer = await administration.SendForTenantAsync(
                app, parse, parse.GetValue(tenant), ["agents:*"], HttpMethod.Post, "/v1/agents", body, cancellationToken);
            return new RegistryOutcome("registered an agent", answer, AgentCommand.Members);
        });
    }

    private static string ReadKey(string path)
    {
        if (new FileInfo(path) is { Exists: true, Length: > MaximumKey })
        {
            throw new CommandFailure($"--public-key: {path} is longer than a public key ever is", ExitCode.Usage);
        }

        return File.ReadAllText(path);
    }
}
