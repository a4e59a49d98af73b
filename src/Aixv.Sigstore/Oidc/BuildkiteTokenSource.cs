using System.ComponentModel;
using System.Diagnostics;
using Aixv.Sigstore.Signing;

namespace Aixv.Sigstore.Oidc;

/// <summary>Buildkite: the agent on the path asks for the token.</summary>
/// <param name="environment">The job's variables.</param>
/// <param name="audience">The token's audience.</param>
/// <param name="agent">The program to run; another one only in tests.</param>
internal sealed class BuildkiteTokenSource(EnvironmentVariables environment, string audience, string agent = "buildkite-agent") : IdentityTokenSource
{
    private const int MaximumCharacters = 64 * 1024;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public override string Name => "Buildkite";

    public override async Task<IdentityToken?> FindAsync(CancellationToken cancellationToken = default)
    {
        if (environment("BUILDKITE") != "true")
        {
            return null;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        using var process = Start();
        if (process is null)
        {
            return null;
        }

        try
        {
            var output = await ReadAsync(process.StandardOutput, limit.Token).ConfigureAwait(false);
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
            return process.ExitCode == 0
                ? IdentityToken.Parse(output)
                : throw new SigningException($"'{agent} oidc request-token' failed with exit code {process.ExitCode}; is OIDC allowed for this job?");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"'{agent} oidc request-token' gave no token within {Limit.TotalSeconds:0} s");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private Process? Start()
    {
        var start = new ProcessStartInfo(agent) { RedirectStandardOutput = true, UseShellExecute = false, CreateNoWindow = true };
        foreach (var argument in (string[])["oidc", "request-token", "--audience", audience])
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            return Process.Start(start);
        }
        catch (Win32Exception)
        {
            // The agent is not on the path: a job in a container of its own. Not a source then.
            return null;
        }
    }

    private static async Task<string> ReadAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        var buffer = new char[MaximumCharacters + 1];
        var length = await reader.ReadBlockAsync(buffer, cancellationToken).ConfigureAwait(false);
        return new string(buffer, 0, length);
    }
}
