using System.Text.Json.Nodes;
using Aixv.Cli.Output;
using Aixv.Protocol.Lineage;
using Aixv.Sigstore.Json;

namespace Aixv.Cli.Admitting;

/// <summary>Lineage in the answers of commands (aixv-protocol §3).</summary>
internal static class LineageJson
{
    /// <summary>An ancestor: <c>{digest, child_digest, depth, uri?}</c>, and ours.</summary>
    public static JsonObject Ancestor(LineageEntry entry) => Entry(entry, "child_digest", entry.Step.Child);

    /// <summary>A descendant: <c>{digest, parent_digest, depth}</c>, and ours.</summary>
    public static JsonObject Descendant(LineageEntry entry) => Entry(entry, "parent_digest", entry.Step.Parent);

    private static JsonObject Entry(LineageEntry entry, string otherName, LineageNode other)
    {
        var json = new JsonObject { ["digest"] = entry.Node.Digest?.ToString(), [otherName] = other.Digest?.ToString(), ["depth"] = entry.Depth };
        if (entry.Node.Uri is { } uri)
        {
            json["uri"] = uri;
        }

        if (entry.Node.Name is { } name)
        {
            json["name"] = name;
        }

        json["kind"] = entry.Step.Kind.ToName();
        json["relation"] = entry.Step.Relation.ToName();
        json["tier"] = entry.Step.Tier.ToName();
        json["source"] = Source(entry.Step.Source);
        return json;
    }

    /// <summary>A record, with its signer and where it is logged.</summary>
    public static JsonObject Source(LineageSource source) => new()
    {
        ["path"] = source.Path,
        ["type"] = source.PredicateType,
        ["signature"] = Kebab.Of(source.Status),
        ["subject"] = source.Signer?.Subject,
        ["issuer"] = source.Signer?.Issuer,
        ["log"] = source.LogEntry?.Origin,
        ["log_index"] = source.LogEntry?.Index,
        ["integrated_time"] = source.LogEntry?.IntegratedTime is { } time ? Rfc3339.Format(time) : null,
    };

    /// <summary>The way of an advisory, from what it names.</summary>
    public static JsonArray Path(IReadOnlyList<ReachStep>? steps) => new([.. (steps ?? []).Select(step => new JsonObject
    {
        ["from"] = step.From.ToString(),
        ["to"] = step.To.ToString(),
        ["via"] = Kebab.Of(step.Via),
        ["kind"] = step.Edge?.Kind.ToName() ?? "bundle",
        ["relation"] = step.Edge?.Relation.ToName(),
        ["tier"] = step.Edge?.Tier.ToName(),
        ["source"] = Source(step.Source),
    })]);
}
