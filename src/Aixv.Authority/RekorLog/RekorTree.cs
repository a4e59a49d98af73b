using System.Net;
using Aixv.Authority.Hosting;
using Aixv.Authority.Keys;
using Aixv.Authority.Storage;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Keys;
using Aixv.Transparency.Merkle;
using Aixv.Transparency.Storage;
using Aixv.Transparency.Tiles;
using Aixv.Transparency.Writing;

namespace Aixv.Authority.RekorLog;

/// <summary>The current shard of the signature log.</summary>
internal sealed class RekorTree : IAsyncDisposable
{
    private const int RememberedEntries = 1 << 18;
    private const int RememberedBundles = 64;
    private const int MaximumInFlight = 1 << 13;
    private readonly SigningKey key;
    private readonly RecentEntries recent = new(RememberedEntries);
    private int inFlight;

    private RekorTree(SigningKey key, TileLog log, FileTileStore store, byte[] logId)
    {
        this.key = key;
        Log = log;
        Store = store;
        LogId = logId;
    }

    public TileLog Log { get; }

    public FileTileStore Store { get; }

    /// <summary>32 bytes.</summary>
    public byte[] LogId { get; }

    public static string FolderOf(DataFolder data, ServiceGeneration generation) => data.Folder(generation.KeyName);

    public static ServiceGeneration Create(int number, string host, KeyFolder keys, DateTimeOffset now)
    {
        using var key = keys.LoadOrCreate(ServiceGeneration.NameOf(ServiceRole.Rekor, number), KeyAlgorithm.Ed25519);
        return new ServiceGeneration { Role = ServiceRole.Rekor, Number = number, PublicKey = key.PublicKey, Start = now, Origin = host };
    }

    public static async Task<RekorTree> OpenAsync(
        ServiceGeneration generation, DataFolder data, KeyFolder keys, TimeProvider time, CancellationToken cancellationToken)
    {
        var key = keys.Load(generation.KeyName);
        var store = new FileTileStore(FolderOf(data, generation));
        var log = await TileLog.OpenAsync(store, new NoteSigner(generation.Origin!, key), new TileLogOptions(), time, cancellationToken);
        var tree = new RekorTree(key, log, store, RekorLogId.Of(generation));
        await tree.RememberAsync(cancellationToken);
        return tree;
    }

    private async Task RememberAsync(CancellationToken cancellationToken)
    {
        var last = (Log.Size + TilePath.FullWidth - 1) / TilePath.FullWidth;
        for (var bundle = last > RememberedBundles ? last - RememberedBundles : 0; bundle < last; bundle++)
        {
            var width = (int)Math.Min(TilePath.FullWidth, Log.Size - bundle * TilePath.FullWidth);
            var bytes = await Store.ReadAsync(TilePath.Entries(bundle, width).ToString(), cancellationToken);
            if (bytes is { } found && EntryBundle.TryRead(found, width, out var entries))
            {
                foreach (var (i, entry) in entries.Value.Index())
                {
                    _ = recent.FindOrAdd(MerkleTree.HashLeaf(entry.Span), Task.FromResult((bundle * TilePath.FullWidth) + (ulong)i));
                }
            }
        }
    }

    /// <summary>Appends an entry; answers when it is durable and covered by a checkpoint.</summary>
    /// <exception cref="DuplicateEntryException">It is in the log already.</exception>
    /// <exception cref="ApiError">Overloaded.</exception>
    public async Task<AppendedEntry> AppendAsync(byte[] body, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref inFlight) > MaximumInFlight)
        {
            Interlocked.Decrement(ref inFlight);
            throw new ApiError(HttpStatusCode.ServiceUnavailable, GrpcCode.Unavailable, "the log is overloaded, try again");
        }

        try
        {
            return await AppendOnceAsync(body, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref inFlight);
        }
    }

    /// <summary>The append itself is not cancelled when the client goes away: the entry would be in the log, but forgotten here.</summary>
    private async Task<AppendedEntry> AppendOnceAsync(byte[] body, CancellationToken cancellationToken)
    {
        var leaf = MerkleTree.HashLeaf(body);
        var index = new TaskCompletionSource<ulong>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (recent.FindOrAdd(leaf, index.Task) is { } known)
        {
            throw new DuplicateEntryException(await known.WaitAsync(cancellationToken));
        }

        try
        {
            var entry = await Log.AppendAsync(body, CancellationToken.None);
            index.SetResult(entry.Index);
            return entry;
        }
        catch (Exception e)
        {
            recent.Remove(leaf);
            index.SetException(e);
            _ = index.Task.Exception;
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Log.DisposeAsync();
        key.Dispose();
    }
}
