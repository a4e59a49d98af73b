namespace Aixv.Cli;

/// <summary>What the process answers to the shell (docs/cli.md).</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>Not trusted, or the input is missing or malformed.</summary>
    public const int Rejected = 1;

    /// <summary>The command line was not understood.</summary>
    public const int Usage = 2;

    /// <summary>The network, the disk or a peer failed: nothing is known about trust.</summary>
    public const int WorldFailed = 3;

    /// <summary>Stopped from outside (128 + SIGINT).</summary>
    public const int Stopped = 130;
}
