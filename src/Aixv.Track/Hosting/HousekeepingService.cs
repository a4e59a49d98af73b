using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aixv.Track.Hosting;

/// <summary>Every few seconds: keeps when keys were used, and forgets answers past their time.</summary>
internal sealed class HousekeepingService(TrackRegistry registry, ILogger logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, registry.Options.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await KeepAsync();
            }
        }
        catch (OperationCanceledException)
        {
            await KeepAsync();
        }
    }

    private async Task KeepAsync()
    {
        try
        {
            await registry.Uses.KeepAsync(CancellationToken.None);
            await registry.Registry.Store.Scratch.ForgetAnswersAsync(registry.Options.Time.GetUtcNow(), CancellationToken.None);
        }
        catch (IOException e)
        {
            logger.ScratchFailed(e);
        }
    }
}
