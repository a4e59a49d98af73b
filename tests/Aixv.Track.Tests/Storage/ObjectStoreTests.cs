using System.Text.Json.Nodes;
using Aixv.Track.Blobs;
using Aixv.Track.Log;
using Aixv.Track.Storage;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Keys;

namespace Aixv.Track.Tests.Storage;

/// <summary>PostgreSQL with blobs and tiles in an S3-compatible store.</summary>
public sealed class ObjectStoreTests(PostgresCluster cluster, S3Server s3) : RegistryStoreContract, IClassFixture<S3Server>
{
    private readonly NoteSigner signer = new("test/track", SigningKey.Generate(KeyAlgorithm.Ed25519));
    private S3Options? options;
    private string? connection;

    private protected override async Task<IRegistryStore> OpenAsync()
    {
        options ??= s3.NewOptions();
        connection ??= await cluster.NewDatabaseAsync();
        return await PostgresStore.OpenAsync(connection, signer, () => new S3ObjectStore(options), e => throw e, TimeProvider.System, Cancel);
    }

    [Fact]
    public async Task Objects_are_written_read_in_parts_and_listed()
    {
        using var objects = new S3ObjectStore(s3.NewOptions());
        foreach (var name in (string[])["a/2", "a/1", "b/1"])
        {
            await objects.PutAsync(name, new byte[] { 1, 2, 3, 4 }, Cancel);
        }

        Assert.Equal([2, 3], (await objects.GetAsync("a/1", (1, 2), Cancel))!.Value.ToArray());
        Assert.Equal(4, (await objects.GetAsync("a/1", null, Cancel))!.Value.Length);
        Assert.Null(await objects.GetAsync("a/3", null, Cancel));
        Assert.Equal(["a/1", "a/2"], await objects.ListAsync("a/", "", Cancel).ToListAsync(Cancel));
        Assert.Equal(["a/2"], await objects.ListAsync("a/", "a/1", Cancel).ToListAsync(Cancel));
    }

    [Fact]
    public async Task Full_tiles_move_to_the_store_and_proofs_stay_the_same()
    {
        var session = await NewTenantAsync("a");
        var written = (await Task.WhenAll(Enumerable.Range(0, 700).Select(n => WriteAsync(session, new JsonObject { ["n"] = n })))).Cast<Written>().ToList();
        using var objects = new S3ObjectStore(options!);
        for (var i = 0; i < 100 && await objects.GetAsync("log/tile/entries/001", null, Cancel) is null; i++)
        {
            await Task.Delay(100, Cancel);
        }

        Assert.NotNull(await objects.GetAsync("log/tile/0/001", null, Cancel));
        Assert.Null(await objects.GetAsync("log/tile/0/002", null, Cancel));
        await ReopenAsync();
        var latest = await Registry.Log.LatestCheckpointAsync(Cancel);
        var root = Checkpoint.Parse(latest.Text.Span).Root;
        foreach (var entry in written)
        {
            Assert.True((await Registry.Log.ProveInclusionAsync(entry.Index, latest, Cancel)).Verify(entry.LeafHash, root));
            Assert.Equal(entry.Frame.Leaf.ToArray(), (await Registry.Log.ReadLeafAsync(entry.Index, Cancel)).ToArray());
        }
    }
}
