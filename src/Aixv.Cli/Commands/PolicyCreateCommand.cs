using System.CommandLine;
using Aixv.Cli.Records;
using Aixv.Protocol.Policies;
using Aixv.Protocol.Records;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv policy create --input FILE</c>: a policy as a record that can be signed.</summary>
internal static class PolicyCreateCommand
{
    public static Command Create(App app)
    {
        var input = new Option<string>("--input", "-i") { Description = "The policy (aixv.policy/v1), as JSON.", HelpName = "FILE", Required = true };
        var id = Options.Text("--policy-id", "ID", "The record's id (default: the name of the input, without its extension).");
        var command = new Command("create", "Make a record of a policy, and sign it.") { input, id };
        var writing = new RecordWriting(command);
        return command.Answer(app, async (parse, cancellationToken) =>
        {
            var path = parse.GetRequiredValue(input);
            var policy = Policy.Read(JsonInput.Read(app, path));
            var name = RecordId.Parse(parse.GetValue(id) ?? Path.GetFileNameWithoutExtension(path));
            return await writing.WriteAsync(app, parse, RecordKinds.Policy, name, policy.ToJson(), cancellationToken);
        });
    }
}
