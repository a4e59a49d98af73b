using Aixv.Track.Storage;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Keys;

namespace Aixv.Track.Tests.Storage;

public sealed class PostgresStoreTests(PostgresCluster cluster) : RegistryStoreContract
{
    private readonly NoteSigner signer = new("test/track", SigningKey.Generate(KeyAlgorithm.Ed25519));
    private string? connection;

    private protected override async Task<IRegistryStore> OpenAsync()
    {
        connection ??= await cluster.NewDatabaseAsync();
        return await PostgresStore.OpenAsync(connection, signer, null, e => throw e, TimeProvider.System, Cancel);
    }
}
