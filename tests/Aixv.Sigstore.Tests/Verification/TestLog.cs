using System.Text.Json.Nodes;
using Aixv.Sigstore.Bundles;
using Aixv.Sigstore.Trust;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Keys;
using Aixv.Transparency.Merkle;

namespace Aixv.Sigstore.Tests.Verification;

/// <summary>A log of two entries that signs real checkpoints, with any number of witnesses.</summary>
internal sealed class TestLog
{
    internal const string Host = "log.example";
    private readonly SigningKey key = SigningKey.Generate(KeyAlgorithm.Ed25519);
    private readonly List<(string Name, SigningKey Key)> witnesses = [];

    internal JsonObject? ValidFor { get; set; } = new() { ["start"] = "2020-01-01T00:00:00Z" };

    internal TestLog AddWitness(string name)
    {
        witnesses.Add((name, SigningKey.Generate(KeyAlgorithm.Ed25519)));
        return this;
    }

    internal JsonObject TrustedRootJson()
    {
        var log = new JsonObject
        {
            ["baseUrl"] = $"https://{Host}",
            ["publicKey"] = KeyJson(key.PublicKey),
            ["logId"] = new JsonObject { ["keyId"] = Convert.ToBase64String(NoteVerifier.FullKeyId(Host, key.PublicKey)) },
        };
        if (ValidFor is not null)
        {
            log["publicKey"]!["validFor"] = ValidFor.DeepClone();
        }
        else
        {
            log["publicKey"]!.AsObject().Remove("validFor");
        }

        return new JsonObject { ["mediaType"] = "application/vnd.dev.sigstore.trustedroot+json;version=0.1", ["tlogs"] = new JsonArray(log) };
    }

    internal JsonArray WitnessesJson() =>
        [.. witnesses.Select(w => (JsonNode)new JsonObject { ["name"] = w.Name, ["publicKey"] = KeyJson(w.Key.PublicKey) })];

    private static JsonObject KeyJson(PublicKey key) => new()
    {
        ["rawBytes"] = Convert.ToBase64String(key.Spki.Span),
        ["keyDetails"] = "PKIX_ED25519",
        ["validFor"] = new JsonObject { ["start"] = "2020-01-01T00:00:00Z" },
    };

    internal TrustedRoot TrustedRoot() => Aixv.Sigstore.Trust.TrustedRoot.Parse(System.Text.Encoding.UTF8.GetBytes(TrustedRootJson().ToJsonString()));

    /// <summary>The entry of <paramref name="body"/> as the second leaf, under a checkpoint cosigned by the first witnesses.</summary>
    internal LogEntry Add(byte[] body, string kind, string version, int cosignatures = 0)
    {
        var first = MerkleTree.HashLeaf("first"u8);
        var root = MerkleTree.HashChildren(first, MerkleTree.HashLeaf(body));
        var note = new NoteSigner(Host, key).Sign(new Checkpoint(Host, 2, root, []).ToText());
        foreach (var (name, witness) in witnesses.Take(cosignatures))
        {
            note = new CosignatureSigner(name, witness, TimeProvider.System).Sign(note);
        }

        return new LogEntry
        {
            LogIndex = 1,
            LogId = NoteVerifier.FullKeyId(Host, key.PublicKey),
            Kind = kind,
            Version = version,
            CanonicalizedBody = body,
            Inclusion = new LogInclusion(1, 2, root.ToArray(), [first.ToArray()], note.ToString()),
        };
    }
}
