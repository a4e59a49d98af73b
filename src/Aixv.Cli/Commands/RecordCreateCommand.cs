using System.CommandLine;
using Aixv.Cli.Records;
using Aixv.Protocol.Records;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv record create --kind K --record-id ID --input FILE</c>: a record that can be signed.</summary>
internal static class RecordCreateCommand
{
    public static Command Create(App app)
    {
        var kind = new Option<string>("--kind") { Description = $"{string.Join(", ", RecordKinds.Known)}; or another with --no-validate-known-kind.", HelpName = "KIND", Required = true };
        var id = new Option<string>("--record-id") { Description = "The record's id.", HelpName = "ID", Required = true };
        var input = new Option<string>("--input", "-i") { Description = "The payload, as a JSON object.", HelpName = "FILE", Required = true };
        var command = new Command("create", "Make a record, and sign it.") { kind, id, input };
        var known = new Toggle(command, "validate-known-kind", "Take only kinds that AIXV names (the default).");
        var writing = new RecordWriting(command);
        return command.Answer(app, async (parse, cancellationToken) =>
        {
            var name = RecordId.Parse(parse.GetRequiredValue(id));
            var checkedKind = RecordKinds.Parse(parse.GetRequiredValue(kind), known.Read(parse) ?? true);
            return await writing.WriteAsync(app, parse, checkedKind, name, JsonInput.Read(app, parse.GetRequiredValue(input)), cancellationToken);
        });
    }
}
