using System.CommandLine;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv receipt …</c>: receipts of a registry.</summary>
internal static class ReceiptCommand
{
    public static Command Create(App app) => new("receipt", "Verify and show receipts of a registry, offline.")
    {
        ReceiptVerifyCommand.Create(app),
        ReceiptShowCommand.Create(app),
    };
}
