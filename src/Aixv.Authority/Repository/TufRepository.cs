using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Aixv.Authority.Keys;
using Aixv.Authority.Storage;
using Aixv.Transparency.Keys;

namespace Aixv.Authority.Repository;

/// <summary>A TUF 1.0 repository with consistent snapshots, in the folder <c>tuf/</c> and in memory.</summary>
/// <remarks>
/// Files are written in the order in which they refer to each other, <c>timestamp.json</c> last, so an interrupted publication is invisible.
/// </remarks>
internal sealed class TufRepository
{
    private static readonly TimeSpan RootLifetime = TimeSpan.FromDays(365);
    private static readonly TimeSpan TargetsLifetime = TimeSpan.FromDays(90);
    private static readonly TimeSpan SnapshotLifetime = TimeSpan.FromDays(30);
    private static readonly TimeSpan TimestampLifetime = TimeSpan.FromDays(7);
    private static readonly TimeSpan TimestampRenewal = TimeSpan.FromDays(1);
    private readonly string folder;
    private readonly KeyFolder keys;
    private readonly ServiceRegister register;
    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private ImmutableDictionary<string, byte[]> targets = ImmutableDictionary<string, byte[]>.Empty;
    private volatile ImmutableDictionary<string, byte[]> served = ImmutableDictionary<string, byte[]>.Empty;

    public TufRepository(DataFolder data, KeyFolder keys, ServiceRegister register, TimeProvider time)
    {
        folder = data.Folder("tuf");
        data.Folder(Path.Combine("tuf", "targets"));
        this.keys = keys;
        this.register = register;
        this.time = time;
    }

    /// <summary>The first root, from which clients start.</summary>
    public byte[] InitialRoot => served["1.root.json"];

    /// <summary>A file by its path below the repository's URL, or null.</summary>
    public ReadOnlyMemory<byte>? Find(string path) => served.TryGetValue(path, out var file) ? file : (ReadOnlyMemory<byte>?)null;

    /// <summary>Publishes these targets, and renews whatever is due.</summary>
    /// <returns>Whether anything changed.</returns>
    public bool Publish(ImmutableDictionary<string, byte[]> content)
    {
        lock (gate)
        {
            targets = content;
            return Update();
        }
    }

    /// <summary>Renews whatever nears its expiry.</summary>
    /// <returns>Whether anything changed.</returns>
    public bool Renew()
    {
        lock (gate)
        {
            return Update();
        }
    }

    private bool Update()
    {
        var now = time.GetUtcNow();
        var number = register.Current(ServiceRole.Tuf)!.Number;
        using var online = keys.Load(TufKeys.OnlineName(number));
        var id = TufFile.KeyId(online.PublicKey);
        var changed = UpdateRoots(now, number, online.PublicKey);
        var timestamp = ReadIfThere("timestamp.json");
        var snapshot = timestamp is null ? null : ReadIfThere(TufFile.NameOf("snapshot", ReferredVersion(timestamp, "snapshot.json")));
        var list = snapshot is null ? null : ReadIfThere(TufFile.NameOf("targets", ReferredVersion(snapshot, "targets.json")));

        if (list is null || !list.KeyIds.Contains(id) || IsDue(list, now, TargetsLifetime / 2) || !ListsTargets(list))
        {
            list = WriteTargets((list?.Version ?? 0) + 1, now, online);
            snapshot = null;
        }

        if (snapshot is null || !snapshot.KeyIds.Contains(id) || IsDue(snapshot, now, SnapshotLifetime / 2))
        {
            var next = (timestamp is null ? 0 : ReferredVersion(timestamp, "snapshot.json")) + 1;
            snapshot = TufFile.Create("snapshot", next, now + SnapshotLifetime, Refer("targets.json", list.Version), online);
            Save(TufFile.NameOf("snapshot", next), snapshot.Bytes);
            timestamp = timestamp is null ? null : timestamp with { Expires = now };
        }

        if (timestamp is null || !timestamp.KeyIds.Contains(id) || IsDue(timestamp, now, TimestampLifetime - TimestampRenewal))
        {
            timestamp = TufFile.Create(
                "timestamp", (timestamp?.Version ?? 0) + 1, now + TimestampLifetime, Refer("snapshot.json", snapshot.Version), online);
            Save("timestamp.json", timestamp.Bytes);
            changed = true;
        }

        Load(snapshot.Version, list.Version);
        return changed;
    }

    private static bool IsDue(TufFile file, DateTimeOffset now, TimeSpan left) => file.Expires - now < left;

    /// <summary>Adds a root when there is none, when the keys changed, or when half of its life has passed.</summary>
    private bool UpdateRoots(DateTimeOffset now, int number, PublicKey online)
    {
        var latest = LatestRoot();
        var rootId = TufFile.KeyId(register.Current(ServiceRole.Tuf)!.PublicKey);
        if (latest is not null && latest.KeyIds.Contains(rootId) && !IsDue(latest, now, RootLifetime / 2))
        {
            return false;
        }

        using var key = keys.Load(ServiceGeneration.NameOf(ServiceRole.Tuf, number));
        using var previous = latest is null || latest.KeyIds.Contains(rootId) ? null : LoadPrevious(latest);
        var root = TufFile.Create("root", (latest?.Version ?? 0) + 1, now + RootLifetime, DescribeRoot(key.PublicKey, online), previous is null ? [key] : [key, previous]);
        Save(TufFile.NameOf("root", root.Version), root.Bytes);
        return true;
    }

    /// <summary>The key that signed the latest root: a new root must be signed by it too (TUF §5.3.4), also after several rotations at once.</summary>
    private SigningKey LoadPrevious(TufFile latest)
    {
        var generation = register.Of(ServiceRole.Tuf).Last(g => latest.KeyIds.Contains(TufFile.KeyId(g.PublicKey)));
        return keys.Load(generation.KeyName);
    }

    private static JsonObject DescribeRoot(PublicKey root, PublicKey online)
    {
        var (rootId, onlineId) = (TufFile.KeyId(root), TufFile.KeyId(online));
        return new JsonObject
        {
            ["consistent_snapshot"] = true,
            ["keys"] = new JsonObject { [rootId] = TufFile.DescribeKey(root), [onlineId] = TufFile.DescribeKey(online) },
            ["roles"] = new JsonObject
            {
                ["root"] = Role(rootId),
                ["targets"] = Role(onlineId),
                ["snapshot"] = Role(onlineId),
                ["timestamp"] = Role(onlineId),
            },
        };

        static JsonObject Role(string id) => new() { ["keyids"] = new JsonArray(id), ["threshold"] = 1 };
    }

    private static JsonObject Refer(string file, long version) =>
        new() { ["meta"] = new JsonObject { [file] = new JsonObject { ["version"] = version } } };

    private static long ReferredVersion(TufFile file, string name) => file.Signed.GetProperty("meta").GetProperty(name).GetProperty("version").GetInt64();

    private bool ListsTargets(TufFile list)
    {
        var listed = list.Signed.GetProperty("targets").EnumerateObject().ToDictionary(
            t => t.Name, t => t.Value.GetProperty("hashes").GetProperty("sha256").GetString(), StringComparer.Ordinal);
        return listed.Count == targets.Count && targets.All(t => listed.GetValueOrDefault(t.Key) == Sha256(t.Value));
    }

    private TufFile WriteTargets(long version, DateTimeOffset now, SigningKey online)
    {
        var list = new JsonObject();
        foreach (var (name, content) in targets.OrderBy(t => t.Key, StringComparer.Ordinal))
        {
            var hash = Sha256(content);
            Save($"targets/{hash}.{name}", content);
            list[name] = new JsonObject { ["length"] = content.Length, ["hashes"] = new JsonObject { ["sha256"] = hash } };
        }

        var file = TufFile.Create("targets", version, now + TargetsLifetime, new JsonObject { ["targets"] = list }, online);
        Save(TufFile.NameOf("targets", version), file.Bytes);
        return file;
    }

    private TufFile? LatestRoot()
    {
        TufFile? latest = null;
        for (var version = 1L; ReadIfThere(TufFile.NameOf("root", version)) is { } root; version++)
        {
            latest = root;
        }

        return latest;
    }

    /// <summary>Serves every root, and of the rest the current files and those that a client in the middle of an update may still ask for.</summary>
    private void Load(long snapshot, long list)
    {
        var files = ImmutableDictionary.CreateBuilder<string, byte[]>(StringComparer.Ordinal);
        files.AddRange(Directory.EnumerateFiles(folder, "*.root.json").Select(ReadNamed));
        foreach (var name in (string[])
            ["timestamp.json", TufFile.NameOf("snapshot", snapshot), TufFile.NameOf("snapshot", snapshot - 1), TufFile.NameOf("targets", list), TufFile.NameOf("targets", list - 1)])
        {
            if (File.Exists(Path.Combine(folder, name)))
            {
                files.Add(name, File.ReadAllBytes(Path.Combine(folder, name)));
            }
        }

        foreach (var path in Directory.EnumerateFiles(Path.Combine(folder, "targets"), "*.json"))
        {
            files.Add($"targets/{Path.GetFileName(path)}", File.ReadAllBytes(path));
        }

        served = files.ToImmutable();
    }

    private static KeyValuePair<string, byte[]> ReadNamed(string path) => new(Path.GetFileName(path), File.ReadAllBytes(path));

    private TufFile? ReadIfThere(string name)
    {
        var path = Path.Combine(folder, name);
        return File.Exists(path) ? TufFile.Read(path) : null;
    }

    private void Save(string name, byte[] content) => AtomicFile.Write(Path.Combine(folder, name), content, AtomicFile.Public);

    private static string Sha256(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
