using System.Buffers;
using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;

namespace Aixv.Export.Attestations;

/// <summary>The MUSTs of in-toto Statement v1 and its resource descriptors.</summary>
internal static class StatementRules
{
    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    private static readonly Dictionary<string, int> HexLengths = new(StringComparer.Ordinal)
    {
        ["sha1"] = 40, ["gitCommit"] = 40, ["sha224"] = 56, ["sha256"] = 64, ["sha384"] = 96, ["sha512"] = 128,
    };

    public static IEnumerable<string> Faults(JsonObject statement)
    {
        if (statement["subject"] is not JsonArray { Count: > 0 } subjects)
        {
            yield return "$.subject: a list of at least one subject is expected";
        }
        else
        {
            for (var i = 0; i < subjects.Count; i++)
            {
                foreach (var fault in Descriptor(subjects[i], $"$.subject[{i}]", mustHaveDigest: true))
                {
                    yield return fault;
                }
            }
        }

        if (statement["predicateType"] is not JsonValue type || !type.TryGetValue<string>(out var uri) || !Uris.IsAbsolute(uri))
        {
            yield return "$.predicateType: a URI is expected";
        }

        if (statement["predicate"] is not (null or JsonObject))
        {
            yield return "$.predicate: an object is expected";
        }
    }

    /// <summary>A resource descriptor (in-toto attestation spec, "ResourceDescriptor").</summary>
    public static IEnumerable<string> Descriptor(JsonNode? node, string path, bool mustHaveDigest = false)
    {
        if (node is not JsonObject descriptor)
        {
            yield return $"{path}: an object is expected";
            yield break;
        }

        var digests = descriptor["digest"] as JsonObject;
        if (descriptor["digest"] is not (null or JsonObject) || (mustHaveDigest && digests is not { Count: > 0 }))
        {
            yield return $"{path}.digest: at least one digest is expected";
        }

        foreach (var fault in digests is null ? [] : Digests(digests, $"{path}.digest"))
        {
            yield return fault;
        }

        if (digests is null && descriptor["uri"] is null && descriptor["content"] is null)
        {
            yield return $"{path}: one of uri, digest and content is expected";
        }
    }

    /// <summary>A map of digests by algorithm.</summary>
    public static IEnumerable<string> Digests(JsonObject digests, string path)
    {
        foreach (var (algorithm, value) in digests)
        {
            if (value is not JsonValue text || !text.TryGetValue<string>(out var hex) || hex.Length == 0
                || (HexLengths.TryGetValue(algorithm, out var length) && (hex.Length != length || hex.AsSpan().ContainsAnyExcept(LowerHex))))
            {
                yield return $"{path}.{algorithm}: lower-case hex of the algorithm's length is expected";
            }
        }
    }
}
