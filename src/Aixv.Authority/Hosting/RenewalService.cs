using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aixv.Authority.Hosting;

/// <summary>Looks every hour whether TUF metadata is due for renewal.</summary>
internal sealed class RenewalService(PrivateSigstore sigstore, TimeProvider time, ILogger logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                sigstore.Renew();
            }
            catch (IOException e)
            {
                logger.RenewalFailed(e);
            }
        }
    }
}
