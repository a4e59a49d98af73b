using Aixv.Track.Hosting;
using Microsoft.Extensions.Hosting;

namespace Aixv.Track.Lineage;

/// <summary>Loads the lineage of artifacts when the server starts, so that the first who asks does not wait for it.</summary>
internal sealed class GraphLoading(TrackRegistry registry) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await registry.Graph.OpenAsync(registry.Registry.PublicView, stoppingToken);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or System.Data.Common.DbException)
        {
            // Who asks first loads it then, or is told why not.
        }
    }
}
