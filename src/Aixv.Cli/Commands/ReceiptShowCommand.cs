using System.CommandLine;
using Aixv.Cli.Receipts;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv receipt show</c>: what a receipt says, believed or not.</summary>
internal static class ReceiptShowCommand
{
    public static Command Create(App app)
    {
        var file = new Argument<string>("FILE") { Description = "The receipt, or a transparent statement (COSE)." };
        return new Command("show", "Show what a receipt says, without verifying it.") { file }
            .Answer(app, parse => ReceiptShowOutcome.Of(ReceiptFile.Read(app, parse.GetRequiredValue(file))));
    }
}
