using System.CommandLine;
using Aixv.Cli.Receipts;
using Aixv.Protocol.Receipts;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv receipt verify</c>: is the statement in the log that I believe?</summary>
internal static class ReceiptVerifyCommand
{
    public static Command Create(App app)
    {
        var file = new Argument<string>("FILE") { Description = "The receipt, or a transparent statement (COSE)." };
        var command = new Command("verify", "Verify a receipt against the keys of logs and witnesses.") { file };
        var logs = new LogTrustOptions(command);
        return command.Answer(app, async (parse, cancellationToken) =>
        {
            var path = parse.GetRequiredValue(file);
            var read = ReceiptFile.Read(app, path);
            var trust = await logs.ResolveAsync(app, parse, cancellationToken);
            var now = app.Time.GetUtcNow();
            var result = read.Transparent is { } transparent
                ? ScittReceipts.Verify(transparent, trust, now)
                : ReceiptVerifier.Verify(read.Bytes, trust, now);
            return new ReceiptVerifyOutcome(path, result, trust);
        });
    }
}
