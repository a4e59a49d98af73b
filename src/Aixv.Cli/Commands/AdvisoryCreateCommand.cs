using System.CommandLine;
using Aixv.Cli.Records;
using Aixv.Protocol.Advisories;
using Aixv.Protocol.Records;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv advisory create</c>: something is wrong with these artifacts.</summary>
internal static class AdvisoryCreateCommand
{
    public static Command Create(App app)
    {
        var id = Options.Text("--advisory-id", "ID", "The advisory's id, where the input does not name it.");
        var severity = Options.Text("--severity", "WORD", "low, medium, high or critical, where the input does not name it.");
        var input = new Option<string>("--input", "-i") { Description = "The advisory: affected, reason_code, …, as JSON.", HelpName = "FILE", Required = true };
        var command = new Command("create", "Make a record of an advisory, and sign it.") { id, severity, input };
        var writing = new RecordWriting(command);
        return command.Answer(app, async (parse, cancellationToken) =>
        {
            var json = JsonInput.Read(app, parse.GetRequiredValue(input));
            JsonInput.Fill(json, "advisory_id", "--advisory-id", parse.GetValue(id));
            JsonInput.Fill(json, "severity", "--severity", parse.GetValue(severity));
            json["status"] ??= "active";
            var advisory = Advisory.Read(json);
            return await writing.WriteAsync(app, parse, RecordKinds.Advisory, RecordId.Parse(advisory.Id), advisory.ToJson(), cancellationToken);
        });
    }
}
