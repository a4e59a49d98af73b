using System.Security.Cryptography;
using System.Text.Json;

namespace Aixv.Protocol.Lineage;

/// <summary>What bundles, rollbacks and advisories say about lineage (protocol §2, signed records).</summary>
internal static class SignedRecordReader
{
    internal const string Bundle = "bundle";
    internal const string Rollback = "rollback";
    internal const string Advisory = "advisory";

    /// <summary>The bits of <see cref="RecordFacts.Named"/> for an advisory.</summary>
    internal static int SelectorBit(string word) => word switch
    {
        "descendants" => 1,
        "parents" => 2,
        "bundles" => 4,
        _ => throw new FormatException($"selector: found '{word}', allowed: descendants, parents, bundles"),
    };

    /// <param name="record">The record.</param>
    /// <param name="file">Its file's bytes: a rollback's own digest.</param>
    /// <exception cref="FormatException">Not such a record.</exception>
    internal static RecordFacts Read(JsonElement record, ReadOnlySpan<byte> file)
    {
        var kind = NodeReference.Text(record, "kind") ?? throw new FormatException("signed record: kind is missing");
        var facts = new RecordFacts { Type = kind, Id = NodeReference.Text(record, "record_id") };
        if (!record.TryGetProperty("payload", out var payload) || payload.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("signed record: payload is not an object");
        }

        switch (kind)
        {
            case Bundle:
                facts.Id = NodeReference.Text(payload, "bundle_id") ?? facts.Id;
                facts.Named.Add((Required(payload, "primary"), 0));
                facts.Named.AddRange(StatementReader.Items(payload, "members").Select(m => (new NodeReference(NodeReference.ReadDigest(m), null, null), 0)));
                break;
            case Rollback:
                var (artifact, target) = (Required(payload, "artifact_digest"), Required(payload, "rollback_target"));
                facts.Subjects.Add(new NodeReference(SHA256.HashData(file), null, facts.Id));
                facts.Named.AddRange([(artifact, 0), (target, 0)]);
                facts.Parents.Add((target, EdgeKind.DeployedAs, EdgeRelation.Rollback));
                break;
            case Advisory:
                ReadAdvisory(facts, payload);
                break;
        }

        return facts;
    }

    internal static void ReadAdvisory(RecordFacts facts, JsonElement payload)
    {
        facts.Id = NodeReference.Text(payload, "advisory_id") ?? facts.Id;
        foreach (var affected in StatementReader.Items(payload, "affected"))
        {
            if (NodeReference.Read(affected) is { Sha256: not null } named)
            {
                facts.Named.Add((named, affected.TryGetProperty("selector", out var selector) ? Selectors(selector) : 0));
            }
        }
    }

    private static int Selectors(JsonElement selector) => selector.ValueKind switch
    {
        JsonValueKind.String => SelectorBit(selector.GetString()!),
        JsonValueKind.Array => selector.EnumerateArray().Aggregate(0, (bits, s) => bits | Selectors(s)),
        JsonValueKind.Null => 0,
        _ => throw new FormatException($"selector: expected a word or a list of words, found {selector.ValueKind}"),
    };

    private static NodeReference Required(JsonElement payload, string name) =>
        payload.TryGetProperty(name, out var value) && NodeReference.ReadDigest(value) is { } digest
            ? new NodeReference(digest, null, null)
            : throw new FormatException($"signed record: payload.{name} is missing");
}
