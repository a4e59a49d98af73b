using System.Net;
using Aixv.Authority.Hosting;
using Aixv.Authority.Keys;
using Aixv.Authority.Storage;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Keys;
using Aixv.Transparency.Storage;
using Aixv.Transparency.Tiles;
using Aixv.Transparency.Writing;

namespace Aixv.Authority.Issuance;

/// <summary>The certificate transparency log: an SCT is given when its entry is durable and covered by a published checkpoint.</summary>
/// <remarks>
/// Entries are RFC 6962 MerkleTreeLeaf structures of precertificates, so leaf hashes are RFC 6962's. As in Static-CT the SCT names the leaf's
/// index; as the index is part of the leaf, entries are put in line under a lock, which knows the next index.
/// </remarks>
internal sealed class CtLog : IAsyncDisposable
{
    /// <summary>Fewer than one batch of the log holds, so that the order of calls is the order of entries.</summary>
    private const int MaximumInFlight = 1024;
    private readonly SigningKey key;
    private readonly byte[] logId;
    private readonly TileLog log;
    private readonly TimeProvider time;
    private readonly SemaphoreSlim inFlight = new(MaximumInFlight);
    private readonly Lock gate = new();
    private long next;

    private CtLog(SigningKey key, TileLog log, FileTileStore store, TimeProvider time)
    {
        this.key = key;
        this.log = log;
        this.time = time;
        Store = store;
        logId = key.PublicKey.SpkiSha256();
        next = checked((long)log.Size);
    }

    public FileTileStore Store { get; }

    public static string FolderOf(DataFolder data, ServiceGeneration generation) => data.Folder(generation.KeyName);

    public static ServiceGeneration Create(int number, string host, KeyFolder keys, DateTimeOffset now)
    {
        using var key = keys.LoadOrCreate(ServiceGeneration.NameOf(ServiceRole.CtLog, number), KeyAlgorithm.EcdsaP256);
        return new ServiceGeneration
        {
            Role = ServiceRole.CtLog,
            Number = number,
            PublicKey = key.PublicKey,
            Start = now,
            Origin = number == 1 ? $"{host}/ct" : $"{host}/ct/{number}",
        };
    }

    public static async Task<CtLog> OpenAsync(
        ServiceGeneration generation, DataFolder data, KeyFolder keys, TimeProvider time, CancellationToken cancellationToken)
    {
        var key = keys.Load(generation.KeyName);
        var store = new FileTileStore(FolderOf(data, generation));
        var log = await TileLog.OpenAsync(store, new NoteSigner(generation.Origin!, key), new TileLogOptions(), time, cancellationToken);
        return new CtLog(key, log, store, time);
    }

    /// <summary>Logs a precertificate and returns its SCT.</summary>
    /// <param name="issuerKeyHash">SHA-256 of the issuer's SubjectPublicKeyInfo.</param>
    /// <param name="toBeSigned">The DER TBSCertificate without poison and SCTs.</param>
    public async Task<byte[]> AddAsync(byte[] issuerKeyHash, byte[] toBeSigned, CancellationToken cancellationToken)
    {
        if (!await inFlight.WaitAsync(TimeSpan.FromSeconds(10), cancellationToken))
        {
            throw new ApiError(HttpStatusCode.ServiceUnavailable, GrpcCode.Unavailable, "the certificate log is overloaded, try again");
        }

        try
        {
            var timestamp = time.GetUtcNow().ToUnixTimeMilliseconds();
            var (extensions, appended) = Append(timestamp, issuerKeyHash, toBeSigned);
            var sct = SignedCertificateTimestamp.Create(key, logId, timestamp, issuerKeyHash, toBeSigned, extensions);
            await appended;
            return sct;
        }
        finally
        {
            inFlight.Release();
        }
    }

    private (byte[] Extensions, Task Appended) Append(long timestamp, byte[] issuerKeyHash, byte[] toBeSigned)
    {
        lock (gate)
        {
            var index = next;
            var extensions = SignedCertificateTimestamp.LeafIndexExtension(index);
            var leaf = SignedCertificateTimestamp.EncodeLeaf(timestamp, issuerKeyHash, toBeSigned, extensions);
            if (leaf.Length > EntryBundle.MaximumEntry)
            {
                throw ApiError.Invalid("the certificate would be too large: the token's claims are too long");
            }

            next++;
            return (extensions, CheckAsync(log.AppendAsync(leaf), index));
        }
    }

    private static async Task CheckAsync(Task<AppendedEntry> append, long expected)
    {
        var entry = await append;
        if (entry.Index != (ulong)expected)
        {
            throw new InvalidOperationException($"the certificate log put entry {expected} at {entry.Index}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await log.DisposeAsync();
        inFlight.Dispose();
        key.Dispose();
    }
}
