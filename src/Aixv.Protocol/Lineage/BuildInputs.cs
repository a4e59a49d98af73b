using System.Text.Json;

namespace Aixv.Protocol.Lineage;

/// <summary>
/// The inputs that other people's predicates state, where their standard says so: SLSA provenance (<c>resolvedDependencies</c>, before
/// v1 <c>materials</c>) and in-toto links (<c>materials</c>). What is no input of a model, as its source code or its tools, makes no edge.
/// </summary>
internal static class BuildInputs
{
    private const string Slsa = "https://slsa.dev/provenance/";
    private const string Link = "https://in-toto.io/attestation/link/";

    /// <summary>The annotations of a resource descriptor that say what it is to the subject.</summary>
    private static readonly string[] RoleNames = ["aixv.org/role", "role"];

    /// <summary>Whether a predicate type says what its subjects were made of.</summary>
    internal static bool AreStatedBy(string predicateType) =>
        predicateType.StartsWith(Slsa, StringComparison.Ordinal) || predicateType.StartsWith(Link, StringComparison.Ordinal);

    /// <summary>Adds an edge for each input. What cannot be read is left out: these documents are not ours to refuse.</summary>
    internal static void Read(RecordFacts facts, JsonElement predicate)
    {
        foreach (var list in (JsonElement[])[Member(Member(predicate, "buildDefinition"), "resolvedDependencies"), Member(predicate, "materials")])
        {
            if (list.ValueKind != JsonValueKind.Array)
            {
                continue;
            }

            foreach (var input in list.EnumerateArray())
            {
                Add(facts, input);
            }
        }
    }

    private static void Add(RecordFacts facts, JsonElement input)
    {
        var digest = Digest(Member(input, "digest"));
        var uri = NodeReference.Text(input, "uri");
        var role = Role(input);
        if (EdgeOf(role, uri, digest is null && HasDigest(input)) is not { } edge || (digest is null && uri is null && NodeReference.Text(input, "name") is null))
        {
            return;
        }

        facts.Parents.Add((new NodeReference(digest, uri, NodeReference.Text(input, "name")), edge.Kind, edge.Relation));
    }

    /// <summary>By the role that is stated, else by the address; null for what is no input of a model.</summary>
    /// <param name="hasOtherDigest">Whether it is identified by another digest than SHA-256, as commits are.</param>
    private static (EdgeKind Kind, EdgeRelation Relation)? EdgeOf(string? role, string? uri, bool hasOtherDigest) => role switch
    {
        "dataset" or "data" or "training-data" or "train" => (EdgeKind.TrainedOn, EdgeRelation.Unspecified),
        "base-model" or "parent" or "parent-model" or "model" or "checkpoint" or "adapter" => (EdgeKind.DerivedFrom, EdgeRelation.Unspecified),
        "tokenizer" => (EdgeKind.PackagedFrom, EdgeRelation.Tokenizer),
        "evaluation" or "benchmark" or "eval-dataset" or "harness" => (EdgeKind.EvaluatedWith, EdgeRelation.Unspecified),
        "source" or "code" or "tool" or "builder" or "environment" or "dependency" => null,
        _ => ByAddress(uri, hasOtherDigest),
    };

    private static (EdgeKind Kind, EdgeRelation Relation)? ByAddress(string? uri, bool hasOtherDigest)
    {
        if (uri is not null)
        {
            if (Starts(uri, "hf://datasets/", "https://huggingface.co/datasets/"))
            {
                return (EdgeKind.TrainedOn, EdgeRelation.Unspecified);
            }

            if (Starts(uri, "hf://", "https://huggingface.co/", "pkg:huggingface/", "pkg:mlflow/"))
            {
                return (EdgeKind.DerivedFrom, EdgeRelation.Unspecified);
            }

            if (Starts(uri, "pkg:", "git+", "git:", "docker:", "oci:"))
            {
                return null;
            }
        }

        return hasOtherDigest ? null : (EdgeKind.DerivedFrom, EdgeRelation.Input);
    }

    private static bool Starts(string uri, params ReadOnlySpan<string> beginnings)
    {
        foreach (var beginning in beginnings)
        {
            if (uri.StartsWith(beginning, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static string? Role(JsonElement input)
    {
        foreach (var name in RoleNames)
        {
            if (NodeReference.Text(Member(input, "annotations"), name) is { } role)
            {
                return role.Trim().ToLowerInvariant().Replace('_', '-');
            }
        }

        return null;
    }

    private static bool HasDigest(JsonElement input) => Member(input, "digest") is { ValueKind: JsonValueKind.Object } digests && digests.EnumerateObject().Any();

    private static byte[]? Digest(JsonElement digests) =>
        NodeReference.Text(digests, "sha256") is { } hex && Sigstore.Artifacts.Digest.TryParse(hex, out var digest) ? digest.ToBytes() : null;

    private static JsonElement Member(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : default;
}
