namespace Aixv.Cli.Serving;

/// <summary>Waiting for Ctrl-C or SIGTERM.</summary>
internal static class Waiting
{
    public static async Task UntilStoppedAsync(CancellationToken stop)
    {
        try
        {
            await Task.Delay(Timeout.Infinite, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Being stopped is what was waited for.
        }
    }
}
