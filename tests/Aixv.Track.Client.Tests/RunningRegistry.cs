using Aixv.Track.Hosting;

namespace Aixv.Track.Client.Tests;

/// <summary>A registry on a free port, in a folder of its own that goes with it.</summary>
internal sealed class RunningRegistry : IAsyncDisposable
{
    private readonly TrackServer server;
    private readonly string folder;

    private RunningRegistry(TrackServer server, string folder) => (this.server, this.folder) = (server, folder);

    public Uri Url => server.LocalUrl;

    public string AdminKey => server.FirstKey!.AdminKey;

    public static async Task<RunningRegistry> StartAsync()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"aixv-track-client-{Guid.NewGuid():N}");
        return new RunningRegistry(await TrackServer.StartAsync(new TrackOptions { DataFolder = folder, Port = 0 }, TestContext.Current.CancellationToken), folder);
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
