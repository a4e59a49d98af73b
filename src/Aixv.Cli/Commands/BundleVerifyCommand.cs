using System.CommandLine;
using System.Text.Json.Nodes;
using Aixv.Cli.Artifacts;
using Aixv.Cli.Records;
using Aixv.Protocol.Bundles;
using Aixv.Protocol.Records;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv bundle verify RECORD</c>: did somebody whom I trust say that these artifacts belong together?</summary>
internal static class BundleVerifyCommand
{
    public static Command Create(App app)
    {
        var members = new Option<string[]>("--require-member") { Description = "A digest or a file that must be a member. May be repeated.", HelpName = "DIGEST|FILE" };
        var command = new Command("verify", "Verify who signed a bundle, and what it holds.");
        var verifying = new RecordVerifying(command);
        command.Add(members);
        return command.Answer(app, async (parse, cancellationToken) =>
        {
            var required = (parse.GetValue(members) ?? []).Select(text => ArtifactName.ReadDigest(app, text, cancellationToken)).ToList();
            var found = await verifying.VerifyAsync(app, parse, RecordKinds.Bundle, cancellationToken);
            return found.Result is VerifiedRecord verified ? Check(found, ArtifactBundle.Read(verified.Record.Payload), required) : found;
        });
    }

    private static CheckedRecord Check(CheckedRecord found, ArtifactBundle bundle, IReadOnlyList<Digest> required)
    {
        var missing = bundle.Missing(required);
        return found with
        {
            Shortfall = missing.IsEmpty ? null : ("member-missing", $"bundle {bundle.Id} lacks required members: {string.Join(", ", missing)}"),
            Details = new JsonObject
            {
                ["bundle_id"] = bundle.Id.Value,
                ["primary"] = bundle.Primary.ToString(),
                ["members"] = List(bundle.Members),
                ["missing_members"] = List(missing),
            },
        };
    }

    private static JsonArray List(IEnumerable<Digest> digests) => new([.. digests.Select(digest => (JsonNode)digest.ToString())]);
}
