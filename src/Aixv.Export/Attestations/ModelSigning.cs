using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Protocol.Statements;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Export.Attestations;

/// <summary>OpenSSF Model Signing 1.0: a statement that lists a model's files, whose subject is the digest of their digests.</summary>
internal static class ModelSigning
{
    public const string Type = "https://model_signing/signature/v1.0";

    /// <summary>The artifact's own statement, where its evidence has one.</summary>
    public static AttestationFacts? Own(Dossier dossier) => dossier.Attestations.FirstOrDefault(a => a.PredicateType == Type);

    /// <summary>The statement over the artifact's files.</summary>
    public static JsonObject Of(Dossier dossier)
    {
        var files = dossier.Files.OrderBy(f => f.Name, StringComparer.Ordinal).ToList();
        return new JsonObject
        {
            ["_type"] = Statement.Type,
            ["subject"] = new JsonArray(new StatementSubject(dossier.Artifact.Name, Root(files.Select(f => f.Digest))).ToJson()),
            ["predicateType"] = Type,
            ["predicate"] = new JsonObject
            {
                ["resources"] = new JsonArray([.. files.Select(file => (JsonNode)new JsonObject
                {
                    ["algorithm"] = "sha256",
                    ["digest"] = file.Digest.Hex,
                    ["name"] = file.Name,
                })]),
                ["serialization"] = new JsonObject { ["allow_symlinks"] = false, ["hash_type"] = "sha256", ["method"] = "files" },
            },
        };
    }

    /// <summary>The SHA-256 of the raw digests, one after the other.</summary>
    public static Digest Root(IEnumerable<Digest> digests)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var digest in digests)
        {
            hash.AppendData(digest.ToBytes());
        }

        return Digest.FromBytes(hash.GetHashAndReset());
    }

    /// <summary>What a statement's predicate breaks.</summary>
    public static IEnumerable<string> PredicateFaults(JsonObject predicate) =>
    [
        .. predicate.MustHaveList("$.predicate", "resources", Resource),
        .. predicate.MustHaveObject("$.predicate", "serialization", static (serialization, path) => (IEnumerable<string>)
        [
            .. serialization.MustHaveOneOf(path, "method", "files", "shards"),
            .. serialization.MustHaveOneOf(path, "hash_type", "sha256", "blake2b", "blake3"),
            .. serialization.MustHaveBoolean(path, "allow_symlinks"),
            .. serialization.MustHaveTexts(path, "ignore_paths", required: false),
            .. (serialization.Text("method") == "shards") == serialization["shard_size"] is not null ? [] : (string[])[$"{path}.shard_size: expected with shards, and only with them"],
        ]),
    ];

    /// <summary>What a whole statement breaks: one subject, whose digest is that of the resources' digests.</summary>
    public static IEnumerable<string> StatementFaults(JsonObject statement)
    {
        if (statement["subject"] is not JsonArray { Count: 1 } subjects)
        {
            yield return "$.subject: exactly one subject is expected, the model";
            yield break;
        }

        // Other hash functions are not computed here.
        if ((subjects[0] as JsonObject)?["digest"].Text("sha256") is { } root
            && (statement["predicate"] as JsonObject)?["resources"] is JsonArray resources
            && resources.All(r => r.Text("algorithm") == "sha256" && Digest.TryParse($"sha256:{r.Text("digest")}", out _))
            && Root(resources.Select(r => Digest.Parse($"sha256:{r.Text("digest")}"))).Hex != root)
        {
            yield return "$.subject[0].digest.sha256: it is not the SHA-256 of the resources' digests one after the other";
        }
    }

    private static IEnumerable<string> Resource(JsonNode? item, string path) => item is not JsonObject resource ? [$"{path}: an object is expected"] :
    [
        .. resource.MustHaveText(path, "name"),
        .. resource.MustHaveOneOf(path, "algorithm", "sha256", "blake2b", "blake3"),
        .. resource.Text("digest") is { Length: > 0 } hex && hex.All(char.IsAsciiHexDigitLower) && (resource.Text("algorithm") != "sha256" || hex.Length == 64) ? (string[])[] : [$"{path}.digest: lower-case hex of the algorithm's length is expected"],
    ];
}
