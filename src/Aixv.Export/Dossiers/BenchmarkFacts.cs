using System.Text.Json.Nodes;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Export.Dossiers;

/// <summary>One result of an evaluation claim. Text is untrusted.</summary>
/// <param name="Name">The benchmark.</param>
/// <param name="Metric">Such as <c>accuracy</c>.</param>
/// <param name="Value">As the claim has it: a number or text.</param>
/// <param name="Confidence">The interval, as the claim has it; null where it has none.</param>
/// <param name="Evidence">The digest of the statement's bytes.</param>
/// <param name="IsAttested">Whether a verified signature stands behind it.</param>
public sealed record BenchmarkFacts(string Name, string Metric, JsonNode? Value, JsonNode? Confidence, Digest Evidence, bool IsAttested);
