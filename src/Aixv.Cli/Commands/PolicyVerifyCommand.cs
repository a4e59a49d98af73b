using System.CommandLine;
using System.Text.Json.Nodes;
using Aixv.Cli.Records;
using Aixv.Protocol.Policies;
using Aixv.Protocol.Records;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv policy verify RECORD</c>: did somebody whom I trust sign this policy?</summary>
internal static class PolicyVerifyCommand
{
    public static Command Create(App app)
    {
        var command = new Command("verify", "Verify who signed a policy.");
        var verifying = new RecordVerifying(command);
        return command.Answer(app, async (parse, cancellationToken) =>
        {
            var found = await verifying.VerifyAsync(app, parse, RecordKinds.Policy, cancellationToken);
            return found.Result is VerifiedRecord verified ? found with { Details = Describe(Policy.Read(verified.Record.Payload)) } : found;
        });
    }

    private static JsonObject Describe(Policy policy) => new()
    {
        ["policy_digest"] = policy.Fingerprint.ToString(),
        ["assurance_levels"] = new JsonArray([.. Enum.GetValues<AssuranceLevel>()
            .Where(level => AssuranceGate.Check(level, policy, verifiesPolicySignature: true).IsEmpty)
            .Select(level => (JsonNode)AssuranceGate.NameOf(level))]),
    };
}
