using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aixv.Protocol.Records;
using Aixv.Protocol.Statements;

namespace Aixv.Protocol.Lineage;

/// <summary>
/// Remembers whose signature a record and its bundle have, by the hash of both and for one trusted root: a pure function of these three.
/// Kept in the store's <c>index/</c>, authenticated with the user's key; a memo of another key is forgotten.
/// </summary>
internal sealed class ProofMemo
{
    private const int MaximumBytes = 64 * 1024 * 1024;
    private const int MaximumEntries = 100_000;
    private readonly string path;
    private readonly IndexKey key;
    private readonly Dictionary<string, JsonObject> entries;
    private bool isChanged;

    private ProofMemo(string path, IndexKey key, Dictionary<string, JsonObject> entries) => (this.path, this.key, this.entries) = (path, key, entries);

    /// <summary>The memo of a store for a trusted root; empty when there is none that can be believed.</summary>
    internal static ProofMemo Open(string store, string fingerprint, IndexKey key)
    {
        var path = Path.Combine(store, "index", $"proofs-{fingerprint[..16]}.json");
        return new ProofMemo(path, key, TryRead(path, key) ?? new Dictionary<string, JsonObject>(StringComparer.Ordinal));
    }

    internal static string KeyOf(ReadOnlySpan<byte> record, ReadOnlySpan<byte> bundle)
    {
        Span<byte> both = stackalloc byte[2 * SHA256.HashSizeInBytes];
        SHA256.HashData(record, both);
        SHA256.HashData(bundle, both[SHA256.HashSizeInBytes..]);
        return Convert.ToHexStringLower(SHA256.HashData(both));
    }

    /// <summary>Fills in what is remembered of a record; null when nothing is.</summary>
    internal LineageSource? Find(string entry, LineageSource source)
    {
        lock (entries)
        {
            return entries.TryGetValue(entry, out var json) ? Read(json, source) : null;
        }
    }

    internal void Add(string entry, LineageSource source)
    {
        lock (entries)
        {
            if (entries.Count < MaximumEntries && entries.TryAdd(entry, Write(source)))
            {
                isChanged = true;
            }
        }
    }

    /// <summary>Writes what is new; a folder that cannot be written costs only time.</summary>
    internal void Save()
    {
        lock (entries)
        {
            if (!isChanged)
            {
                return;
            }

            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                var content = SortedJson.Serialize(new JsonObject(entries.Select(e => KeyValuePair.Create<string, JsonNode?>(e.Key, e.Value.DeepClone()))));
                NewFile.Replace(path, [.. HMACSHA256.HashData(key.Bytes, content), .. content]);
                isChanged = false;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                isChanged = true;
            }
        }
    }

    private static Dictionary<string, JsonObject>? TryRead(string path, IndexKey key)
    {
        try
        {
            if (new FileInfo(path) is not { Exists: true, Length: > HMACSHA256.HashSizeInBytes and <= MaximumBytes })
            {
                return null;
            }

            var bytes = File.ReadAllBytes(path);
            var content = bytes.AsMemory(HMACSHA256.HashSizeInBytes);
            return CryptographicOperations.FixedTimeEquals(bytes.AsSpan(0, HMACSHA256.HashSizeInBytes), HMACSHA256.HashData(key.Bytes, content.Span))
                ? SortedJson.ParseObject(content, "proofs", MaximumBytes).ToDictionary(e => e.Key, e => e.Value!.DeepClone().AsObject(), StringComparer.Ordinal)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or JsonException)
        {
            return null;
        }
    }

    private static JsonObject Write(LineageSource source) => new()
    {
        ["status"] = source.Status.ToString(),
        ["subject"] = source.Signer?.Subject,
        ["issuer"] = source.Signer?.Issuer,
        ["log"] = source.LogEntry?.Origin,
        ["index"] = source.LogEntry?.Index,
        ["time"] = source.LogEntry?.IntegratedTime?.ToUnixTimeMilliseconds(),
        ["problem"] = source.Problem,
    };

    private static LineageSource Read(JsonObject json, LineageSource source) => source with
    {
        Status = Enum.Parse<SourceStatus>((string)json["status"]!),
        Signer = (string?)json["subject"] is { } subject ? new LineageSigner(subject, (string?)json["issuer"]) : null,
        LogEntry = (string?)json["log"] is { } origin
            ? new LineageLogEntry(origin, (long)json["index"]!, (long?)json["time"] is { } time ? DateTimeOffset.FromUnixTimeMilliseconds(time) : null)
            : null,
        Problem = (string?)json["problem"],
    };
}
