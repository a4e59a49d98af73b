using Aixv.Sigstore.Trust;
using Aixv.Track.Hosting;

namespace Aixv.Cli.Tests.Publishing.Servers;

/// <summary>A hub, an OCI registry and a registry of attestations, each real and on a port of its own, with a folder to publish from.</summary>
internal sealed class PublishingWorld : IAsyncDisposable
{
    private readonly string data = Directory.CreateTempSubdirectory("aixv-track-").FullName;

    private PublishingWorld(PrivateInstance instance)
    {
        Release = new ReleaseFolder(instance, time: new HastyTime());
        Contents = new ContentServer();
        Hub = new HubServer(Contents);
        Oci = new OciServer(Contents);
    }

    public ReleaseFolder Release { get; }

    public CliFolder Folder => Release.Folder;

    public ContentServer Contents { get; }

    public HubServer Hub { get; }

    public OciServer Oci { get; }

    public TrackServer Track { get; private set; } = null!;

    public static async Task<PublishingWorld> StartAsync(PrivateInstance instance, bool isPublic = true)
    {
        var world = new PublishingWorld(instance);
        await world.Contents.StartAsync();
        await world.Hub.StartAsync();
        await world.Oci.StartAsync();
        var config = ClientTrustConfig.Parse(await File.ReadAllBytesAsync(instance.TrustConfig, TestContext.Current.CancellationToken));
        world.Track = await TrackServer.StartAsync(
            new TrackOptions { DataFolder = world.data, Port = 0, FirstTenantIsPublic = isPublic, TrustedRoots = [TrustedRoot.Parse(config.TrustedRoot)] }, TestContext.Current.CancellationToken);
        world.Folder["HF_ENDPOINT"] = world.Hub.Url.AbsoluteUri;
        world.Folder["HF_TOKEN"] = HubServer.WriteToken;
        world.Folder["AIXV_TRACK_URL"] = world.Track.LocalUrl.AbsoluteUri;
        world.Folder["AIXV_TRACK_KEY"] = world.Track.Registry.FirstKey!.AdminKey;
        world.Folder["AIXV_OCI_USERNAME"] = OciServer.User;
        world.Folder["AIXV_OCI_PASSWORD"] = OciServer.Password;
        return world;
    }

    /// <summary>Where the OCI registry is, as references have it.</summary>
    public string OciReference(string name) => $"{Oci.Url.Authority}/{name}";

    public async ValueTask DisposeAsync()
    {
        Release.Dispose();
        await Track.DisposeAsync();
        await Oci.DisposeAsync();
        await Hub.DisposeAsync();
        await Contents.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }
}
