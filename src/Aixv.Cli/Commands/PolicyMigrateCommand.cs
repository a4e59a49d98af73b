using System.CommandLine;
using Aixv.Cli.Artifacts;
using Aixv.Cli.Records;
using Aixv.Protocol.Policies;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv policy migrate</c>: the same policy, raised to an assurance level. What it asks for already is kept.</summary>
internal static class PolicyMigrateCommand
{
    public static Command Create(App app)
    {
        var input = new Option<string>("--input", "-i") { Description = "The policy, or a record of one.", HelpName = "FILE", Required = true };
        var level = new Option<string>("--to-assurance-level") { Description = "What the policy must be good for.", Required = true };
        level.AcceptOnlyFromAmong([.. Enum.GetValues<AssuranceLevel>().Select(AssuranceGate.NameOf)]);
        var age = new Option<int?>("--max-bundle-age-days") { Description = "How old a signature may be, where the policy takes older ones.", HelpName = "N" };
        var output = Options.Text("--output", "FILE", "Write the raised policy to this file.");
        var command = new Command("migrate", "Raise a policy to an assurance level.") { input, level, age, output };
        var advisories = new TrustedSubjectOptions(command, "--advisory-trusted", "an advisory", withKeys: false);
        return command.Answer(app, parse =>
        {
            var asked = AssuranceGate.Parse(parse.GetRequiredValue(level));
            var policy = Policy.Parse(ArtifactFile.Read(app, "input", parse.GetRequiredValue(input), Policy.MaximumBytes)).ToJson();
            var raised = PolicyMigration.Run(policy, asked, advisories.Subjects(parse), parse.GetValue(age));
            var added = advisories.Issuers(parse).Except(raised.Policy.AdvisoryAllowIssuers, StringComparer.Ordinal).ToList();
            return added.Count == 0
                ? PolicyDraft.Write(app, asked, raised.Policy, raised.Changed, parse.GetValue(output))
                : PolicyDraft.Write(
                    app,
                    asked,
                    raised.Policy with { AdvisoryAllowIssuers = [.. raised.Policy.AdvisoryAllowIssuers, .. added] },
                    [.. raised.Changed.Append("advisory_allow_issuers").Order(StringComparer.Ordinal)],
                    parse.GetValue(output));
        });
    }
}
