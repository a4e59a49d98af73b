namespace Aixv.Interop.Tests.Peers;

/// <summary>How a program ended.</summary>
internal sealed record ToolResult(int ExitCode, string Output, string Error)
{
    /// <summary>Fails the test unless the exit code is 0.</summary>
    internal ToolResult Succeeded()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}\n{Output}\n{Error}");
        return this;
    }
}
