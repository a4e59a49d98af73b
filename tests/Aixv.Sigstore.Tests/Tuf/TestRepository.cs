using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aixv.Sigstore.Tuf;
using Aixv.Transparency.Keys;

namespace Aixv.Sigstore.Tests.Tuf;

/// <summary>A TUF repository in memory, with real keys, that publishes what a test tells it to, true or not.</summary>
internal sealed class TestRepository : ITufRepository
{
    internal TestRepository(KeyAlgorithm algorithm = KeyAlgorithm.EcdsaP256)
    {
        // RSA keys take long to make, so one serves all roles.
        var first = SigningKey.Generate(algorithm);
        var next = () => algorithm == KeyAlgorithm.Rsa ? first : SigningKey.Generate(algorithm);
        Root = new(first);
        Timestamp = new(next());
        Snapshot = new(next());
        TopTargets = new(next());
        Targets["a.txt"] = "the target"u8.ToArray();
        PublishRoot();
        Publish();
    }

    internal Dictionary<string, byte[]> Files { get; } = [];

    internal List<string> Requests { get; } = [];

    internal TestRole Root { get; }

    internal TestRole Timestamp { get; }

    internal TestRole Snapshot { get; }

    internal TestRole TopTargets { get; }

    internal Dictionary<string, byte[]> Targets { get; } = [];

    internal List<TestDelegation> Delegations { get; } = [];

    internal bool Consistent { get; set; } = true;

    internal bool HashesInMetadata { get; set; } = true;

    internal bool LengthsInMetadata { get; set; } = true;

    internal byte[] RootBytes => Files[$"{Root.Version}.root.json"];

    public Task<byte[]?> FetchAsync(string path, int maximumLength, CancellationToken cancellationToken)
    {
        Requests.Add(path);
        return Task.FromResult(Files.GetValueOrDefault(path));
    }

    /// <summary>The next root: <paramref name="change"/> is made before, and the old keys sign too.</summary>
    internal void RotateRoot(Action change)
    {
        var old = Root.Keys.ToList();
        change();
        Root.Version++;
        Root.Signers = [.. Root.Keys.Union(old)];
        PublishRoot();
    }

    internal void PublishRoot(Action<JsonObject>? edit = null)
    {
        var roles = new (string Name, TestRole Role)[] { ("root", Root), ("timestamp", Timestamp), ("snapshot", Snapshot), ("targets", TopTargets) };
        var signed = Common("root", Root);
        signed["consistent_snapshot"] = Consistent;
        signed["keys"] = KeysOf(roles.SelectMany(r => r.Role.Keys));
        signed["roles"] = new JsonObject(roles.Select(r => KeyValuePair.Create(r.Name, (JsonNode?)RoleOf(r.Role))));
        edit?.Invoke(signed);
        Files[$"{Root.Version}.root.json"] = Sign(signed, Root);
    }

    /// <summary>All metadata below the root and all targets, with the versions as they stand.</summary>
    internal void Publish()
    {
        foreach (var delegation in Delegations)
        {
            PublishTargets(delegation.Name, delegation.Role, delegation.Targets);
        }

        PublishTargets("targets", TopTargets, Targets);
        PublishSnapshot();
        PublishTimestamp();
    }

    /// <summary>A new version of everything below the root.</summary>
    internal void PublishNext()
    {
        foreach (var role in (TestRole[])[TopTargets, Snapshot, Timestamp])
        {
            role.Version++;
        }

        Publish();
    }

    private void PublishTargets(string name, TestRole role, Dictionary<string, byte[]> targets)
    {
        var signed = Common("targets", role);
        signed["targets"] = new JsonObject(targets.Select(t => KeyValuePair.Create(t.Key, (JsonNode?)Information(t.Value))));
        var children = Delegations.Where(d => d.Parent == name).ToList();
        if (children.Count > 0)
        {
            signed["delegations"] = new JsonObject
            {
                ["keys"] = KeysOf(children.SelectMany(c => c.Role.Keys)),
                ["roles"] = new JsonArray([.. children.Select(DelegationOf)]),
            };
        }

        Files[MetadataPath(name, role)] = Sign(signed, role);
        foreach (var (path, content) in targets)
        {
            var slash = path.LastIndexOf('/') + 1;
            var hash = Convert.ToHexStringLower(SHA256.HashData(content));
            Files["targets/" + (Consistent ? $"{path[..slash]}{hash}.{path[slash..]}" : path)] = content;
        }
    }

    internal void PublishSnapshot(Action<JsonObject>? edit = null)
    {
        var signed = Common("snapshot", Snapshot);
        var meta = new JsonObject { ["targets.json"] = MetaFile("targets", TopTargets) };
        foreach (var delegation in Delegations)
        {
            meta[$"{delegation.Name}.json"] = MetaFile(delegation.Name, delegation.Role);
        }

        signed["meta"] = meta;
        edit?.Invoke(signed);
        Files[MetadataPath("snapshot", Snapshot)] = Sign(signed, Snapshot);
    }

    internal void PublishTimestamp(Action<JsonObject>? edit = null)
    {
        var signed = Common("timestamp", Timestamp);
        signed["meta"] = new JsonObject { ["snapshot.json"] = MetaFile("snapshot", Snapshot) };
        edit?.Invoke(signed);
        Files["timestamp.json"] = Sign(signed, Timestamp);
    }

    internal string MetadataPath(string name, TestRole role)
    {
        var file = Uri.EscapeDataString(name) + ".json";
        return Consistent ? $"{role.Version}.{file}" : file;
    }

    internal static byte[] Sign(JsonObject signed, TestRole role)
    {
        var message = OlpcJson.Encode(JsonDocument.Parse(signed.ToJsonString()).RootElement);
        return Encoding.UTF8.GetBytes(new JsonObject
        {
            ["signatures"] = new JsonArray([.. (role.Signers ?? role.Keys).Select(key => new JsonObject
            {
                ["keyid"] = IdOf(key),
                ["sig"] = Convert.ToHexStringLower(key.Sign(message, SchemeOf(key))),
            })]),
            ["signed"] = signed,
        }.ToJsonString());
    }

    private static JsonObject Common(string type, TestRole role) => new()
    {
        ["_type"] = type,
        ["spec_version"] = role.SpecVersion,
        ["version"] = role.Version,
        ["expires"] = role.Expires.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        ["x-unknown"] = new JsonObject { ["é\n"] = "quote \" and \\", ["a"] = -7 },
    };

    private JsonObject MetaFile(string name, TestRole role)
    {
        var file = new JsonObject { ["version"] = role.Version };
        if (HashesInMetadata && Files.TryGetValue(MetadataPath(name, role), out var content))
        {
            var information = Information(content);
            file["hashes"] = information["hashes"]!.DeepClone();
            if (LengthsInMetadata)
            {
                file["length"] = content.Length;
            }
        }

        return file;
    }

    private static JsonObject Information(byte[] content) => new()
    {
        ["length"] = content.Length,
        ["hashes"] = new JsonObject
        {
            ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(content)),
            ["sha512"] = Convert.ToHexStringLower(SHA512.HashData(content)),
        },
    };

    private static JsonObject DelegationOf(TestDelegation delegation)
    {
        var role = RoleOf(delegation.Role);
        role["name"] = delegation.Name;
        role["terminating"] = delegation.Terminating;
        if (delegation.Paths is { } paths)
        {
            role["paths"] = new JsonArray([.. paths]);
        }

        if (delegation.HashPrefixes is { } prefixes)
        {
            role["path_hash_prefixes"] = new JsonArray([.. prefixes]);
        }

        return role;
    }

    private static JsonObject RoleOf(TestRole role) => new()
    {
        ["keyids"] = new JsonArray([.. role.Keys.Select(IdOf)]),
        ["threshold"] = role.Threshold,
    };

    private static JsonObject KeysOf(IEnumerable<SigningKey> keys) =>
        new(keys.DistinctBy(IdOf).Select(k => KeyValuePair.Create(IdOf(k), (JsonNode?)KeyOf(k))));

    internal static string IdOf(SigningKey key) => Convert.ToHexStringLower(key.PublicKey.SpkiSha256());

    private static JsonObject KeyOf(SigningKey key)
    {
        var (type, scheme) = key.PublicKey.Algorithm switch
        {
            KeyAlgorithm.EcdsaP256 => ("ecdsa", "ecdsa-sha2-nistp256"),
            KeyAlgorithm.EcdsaP384 => ("ecdsa", "ecdsa-sha2-nistp384"),
            KeyAlgorithm.EcdsaP521 => ("ecdsa", "ecdsa-sha2-nistp521"),
            KeyAlgorithm.Rsa => ("rsa", "rsassa-pss-sha256"),
            KeyAlgorithm.Ed25519 => ("ed25519", "ed25519"),
        };
        var value = type == "ed25519" ? Convert.ToHexStringLower(key.PublicKey.Spki.Span[^32..]) : key.PublicKey.ToPem() + "\n";
        return new() { ["keytype"] = type, ["scheme"] = scheme, ["keyval"] = new JsonObject { ["public"] = value } };
    }

    private static SignatureScheme SchemeOf(SigningKey key) =>
        key.PublicKey.Algorithm == KeyAlgorithm.Rsa ? SignatureScheme.RsaPssSha256 : key.PublicKey.DefaultScheme;
}
