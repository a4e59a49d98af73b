using System.CommandLine;
using Aixv.Cli.Records;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv record verify RECORD</c>: did somebody whom I trust sign this record?</summary>
internal static class RecordVerifyCommand
{
    public static Command Create(App app)
    {
        var kind = Options.Text("--kind", "KIND", "The kind that the record must be of.");
        var command = new Command("verify", "Verify who signed a record.");
        var verifying = new RecordVerifying(command);
        command.Add(kind);
        return command.Answer(app, async (parse, cancellationToken) => await verifying.VerifyAsync(app, parse, parse.GetValue(kind), cancellationToken));
    }
}
