namespace Aixv.Cli;

/// <summary>A command cannot do what was asked, for a reason that the user can act on.</summary>
internal sealed class CommandFailure(string message, int exitCode = ExitCode.Rejected) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
