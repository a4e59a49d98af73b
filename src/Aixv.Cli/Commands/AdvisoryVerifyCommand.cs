using System.CommandLine;
using Aixv.Cli.Records;
using Aixv.Protocol.Advisories;
using Aixv.Protocol.Records;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv advisory verify RECORD</c>: did somebody whom I trust sign this advisory?</summary>
internal static class AdvisoryVerifyCommand
{
    public static Command Create(App app)
    {
        var command = new Command("verify", "Verify who signed an advisory.");
        var verifying = new RecordVerifying(command);
        return command.Answer(app, async (parse, cancellationToken) =>
        {
            var found = await verifying.VerifyAsync(app, parse, RecordKinds.Advisory, cancellationToken);
            return found.Result is VerifiedRecord verified ? found with { Details = AdvisoryJson.Of(Advisory.Read(verified.Record.Payload)) } : found;
        });
    }
}
