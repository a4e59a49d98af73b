using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aixv.Sigstore.Tuf;

/// <summary>The outcome of one complete update: the targets asked for, with the metadata that proves them.</summary>
/// <remarks>
/// Kept in one file, so that a reader without a lock never sees parts of two updates. Reading it checks every signature, hash and
/// version again, but no expiry: whether <see cref="Expires"/> has passed is the caller's to judge.
/// </remarks>
public sealed class TufTargets
{
    internal const int MaximumLength = 64 * 1024 * 1024;
    private readonly TrustedMetadata metadata;
    private readonly IReadOnlyList<(string Role, string? Delegator)> roles;
    private readonly IReadOnlyDictionary<string, byte[]?> files;

    internal TufTargets(
        TrustedMetadata metadata,
        IReadOnlyList<(string Role, string? Delegator)> roles,
        IReadOnlyDictionary<string, byte[]?> files,
        DateTimeOffset refreshed)
    {
        this.metadata = metadata;
        this.roles = roles;
        this.files = files;
        Refreshed = refreshed;
    }

    /// <summary>When the repository was asked and confirmed all this.</summary>
    public DateTimeOffset Refreshed { get; }

    /// <summary>The first moment at which some of the metadata expires.</summary>
    public DateTimeOffset Expires => metadata.Expires;

    public long RootVersion => metadata.Root.Version;

    public long TimestampVersion => metadata.Timestamp!.Version;

    public long SnapshotVersion => metadata.Snapshot!.Version;

    public long TargetsVersion => metadata.Targets["targets"].Version;

    /// <summary>Whether the update asked for this target, and so knows whether it exists.</summary>
    public bool Knows(string target) => files.ContainsKey(target);

    /// <summary>The target's bytes; null where no role names it, or it was not asked for.</summary>
    public ReadOnlyMemory<byte>? Find(string target) =>
        files.GetValueOrDefault(target) is { } content ? content.AsMemory() : (ReadOnlyMemory<byte>?)null;

    internal byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(
        new JsonObject
        {
            ["refreshed"] = Refreshed.ToString("O", CultureInfo.InvariantCulture),
            ["root"] = Convert.ToBase64String(metadata.Root.Raw.Span),
            ["timestamp"] = Convert.ToBase64String(metadata.Timestamp!.Raw.Span),
            ["snapshot"] = Convert.ToBase64String(metadata.Snapshot!.Raw.Span),
            ["roles"] = new JsonArray([.. roles.Select(r => new JsonObject
            {
                ["name"] = r.Role,
                ["delegator"] = r.Delegator,
                ["metadata"] = Convert.ToBase64String(metadata.Targets[r.Role].Raw.Span),
            })]),
            ["files"] = new JsonObject(files.Select(f =>
                KeyValuePair.Create(f.Key, f.Value is null ? null : (JsonNode?)Convert.ToBase64String(f.Value)))),
        },
        TufJsonContext.Default.JsonObject);

    /// <exception cref="TufException">The file is damaged.</exception>
    internal static TufTargets FromJson(ReadOnlyMemory<byte> json)
    {
        const string What = TufCache.Complete;
        var root = TufJson.Parse(json, What);
        if (!DateTimeOffset.TryParseExact(
            TufJson.Text(root, "refreshed", What), "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var refreshed))
        {
            throw TufJson.Malformed($"{What}: 'refreshed' is not a time");
        }

        // Nothing is expired at the beginning of time.
        var metadata = new TrustedMetadata(Member(root, "root"), DateTimeOffset.MinValue);
        metadata.LoadTimestamp(Member(root, "timestamp"));
        metadata.UpdateSnapshot(Member(root, "snapshot"));
        var roles = new List<(string, string?)>();
        foreach (var item in TufJson.Array(root, "roles", What).EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object)
            {
                throw TufJson.Malformed($"{What}: a role is not an object");
            }

            var role = TufJson.Text(item, "name", What);
            var delegator = role == "targets" ? null : TufJson.Text(item, "delegator", What);
            metadata.UpdateTargets(Member(item, "metadata"), role, delegator);
            roles.Add((role, delegator));
        }

        var files = new Dictionary<string, byte[]?>(StringComparer.Ordinal);
        foreach (var (name, value) in TufJson.Members(TufJson.Object(root, "files", What), What))
        {
            files[name] = value.ValueKind == JsonValueKind.Null ? null : Bytes(value, name);
            CheckFile(metadata, name, files[name]);
        }

        return metadata.Targets.ContainsKey("targets")
            ? new(metadata, roles, files, refreshed)
            : throw TufJson.Malformed($"{What}: the top-level role is missing");
    }

    private static void CheckFile(TrustedMetadata metadata, string name, byte[]? content)
    {
        var search = new TargetSearch(name);
        while (search.TryNext(out var next))
        {
            search.Visit(metadata.Targets.TryGetValue(next.Role, out var role)
                ? role
                : throw TufJson.Malformed($"{TufCache.Complete}: role {next.Role} is missing"));
        }

        if ((search.Found is null) != (content is null))
        {
            throw TufJson.Malformed($"{TufCache.Complete}: target {name} and its metadata do not agree");
        }

        search.Found?.Verify(content, name);
    }

    private static byte[] Member(JsonElement json, string name) =>
        Bytes(TufJson.Member(json, name, JsonValueKind.String, TufCache.Complete), name);

    private static byte[] Bytes(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.String && value.TryGetBytesFromBase64(out var bytes)
            ? bytes
            : throw TufJson.Malformed($"{TufCache.Complete}: '{name}' is not base64");
}
