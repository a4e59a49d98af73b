using System.ComponentModel;
using System.Diagnostics;

namespace Aixv.Cli.Conformance;

/// <summary>Another executable with the protocol's command line.</summary>
/// <param name="command">The program, and words that come before the arguments; words with spaces stand in double quotes.</param>
internal sealed class OtherProgram(string command) : IConformanceTarget
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly List<string> words = Split(command);

    public string Name => command;

    public bool IsOther => true;

    public async Task<TargetAnswer> RunAsync(string folder, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(words[0])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            Environment = { ["AIXV_HOME"] = Path.Combine(folder, ".home") },
        };
        foreach (var word in words.Skip(1).Concat(arguments))
        {
            start.ArgumentList.Add(word);
        }

        foreach (var variable in (string[])["AIXV_STORE", "AIXV_INSTANCE", "SIGSTORE_ID_TOKEN"])
        {
            start.Environment.Remove(variable);
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        using var process = Start(start);
        try
        {
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var error = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            _ = await error;
            return new TargetAnswer(process.ExitCode, await output);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new TargetAnswer(-1, $"no answer within {Patience.TotalSeconds} s");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start) ?? throw new CommandFailure($"target does not start: {start.FileName}");
        }
        catch (Win32Exception e)
        {
            throw new CommandFailure($"target does not start: {start.FileName} ({e.Message})");
        }
    }

    private static List<string> Split(string command)
    {
        var words = command.Split('"').SelectMany((part, i) => i % 2 == 1 ? [part] : part.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        return words.Count > 0 ? words : throw new CommandFailure("--target names no program");
    }
}
