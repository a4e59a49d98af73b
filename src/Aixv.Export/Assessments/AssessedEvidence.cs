using System.Text.Json.Nodes;
using Aixv.Export.Formats;

namespace Aixv.Export.Assessments;

/// <summary>What stands behind an item.</summary>
/// <param name="Type">Such as <c>sigstore-bundle</c>, <c>statement</c>, <c>advisory</c>, <c>policy</c>, <c>artifact</c> or <c>declaration</c>.</param>
/// <param name="Digest"><c>sha256:HEX</c>; null where there is nothing to digest.</param>
/// <param name="Uri">Where it is, as it was found. Untrusted text.</param>
public sealed record AssessedEvidence(string Type, string? Digest, string? Uri)
{
    internal JsonObject ToJson() => new JsonObject { ["type"] = Type }.With("digest", Digest).With("uri", Uri);
}
