using System.CommandLine;
using Aixv.Cli.Records;
using Aixv.Protocol.Bundles;
using Aixv.Protocol.Records;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv bundle create --input FILE</c>: these artifacts belong together.</summary>
internal static class BundleCreateCommand
{
    public static Command Create(App app)
    {
        var input = new Option<string>("--input", "-i") { Description = "The bundle (aixv.bundle/v1), as JSON.", HelpName = "FILE", Required = true };
        var id = Options.Text("--bundle-id", "ID", "The bundle's id, where the input does not name it.");
        var command = new Command("create", "Make a record of a bundle, and sign it.") { input, id };
        var writing = new RecordWriting(command);
        return command.Answer(app, async (parse, cancellationToken) =>
        {
            var json = JsonInput.Read(app, parse.GetRequiredValue(input));
            JsonInput.Fill(json, "bundle_id", "--bundle-id", parse.GetValue(id));
            json["bundle_type"] ??= ArtifactBundle.Type;
            var bundle = ArtifactBundle.Read(json);
            return await writing.WriteAsync(app, parse, RecordKinds.Bundle, bundle.Id, bundle.ToJson(), cancellationToken);
        });
    }
}
