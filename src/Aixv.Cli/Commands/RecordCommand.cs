using System.CommandLine;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv record …</c>: signed records of any kind.</summary>
internal static class RecordCommand
{
    public static Command Create(App app) => new("record", "Make, sign and verify records of any kind.")
    {
        RecordCreateCommand.Create(app),
        RecordVerifyCommand.Create(app),
    };
}
