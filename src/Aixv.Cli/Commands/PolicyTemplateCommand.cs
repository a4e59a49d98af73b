using System.CommandLine;
using System.Text.Json.Nodes;
using Aixv.Cli.Records;
using Aixv.Protocol.Policies;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv policy template</c>: a policy to start from.</summary>
internal static class PolicyTemplateCommand
{
    public static Command Create(App app)
    {
        var level = new Option<string>("--assurance-level") { Description = "What the policy must be good for.", Required = true };
        level.AcceptOnlyFromAmong([.. Enum.GetValues<AssuranceLevel>().Select(AssuranceGate.NameOf)]);
        var age = new Option<int?>("--max-bundle-age-days") { Description = "How old a signature may be; level-3 asks for it.", HelpName = "N" };
        var output = Options.Text("--output", "FILE", "Write the policy to this file.");
        var command = new Command("template", "Print a policy to start from.") { level, age, output };
        var advisories = new TrustedSubjectOptions(command, "--advisory-trusted", "an advisory", withKeys: false);
        return command.Answer(app, parse =>
        {
            var asked = AssuranceGate.Parse(parse.GetRequiredValue(level));
            var policy = PolicyTemplates.Create(asked, advisories.Subjects(parse), parse.GetValue(age));
            if (advisories.Issuers(parse) is { Count: > 0 } issuers)
            {
                policy["advisory_allow_issuers"] = new JsonArray([.. issuers.Select(issuer => (JsonNode)issuer)]);
            }

            return PolicyDraft.Write(app, asked, Policy.Read(policy), changed: null, parse.GetValue(output));
        });
    }
}
