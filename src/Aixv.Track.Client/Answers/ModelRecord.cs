namespace Aixv.Track.Client.Answers;

/// <summary>An attested model.</summary>
/// <param name="Id">With its prefix, <c>maip-model:…</c>.</param>
/// <param name="ModelId">The same as UUID.</param>
/// <param name="Tier">described, identified or attested.</param>
public sealed record ModelRecord(
    string Id, string ModelId, string AgentId, string Name, string Version, string? Hash, string Status, string Tier, string ReceiptId, DateTimeOffset CreatedAt, LogPlace? Log)
{
    public IReadOnlyList<string> TrainingDatasetIds { get; init; } = [];

    public IReadOnlyList<string> ParentModelIds { get; init; } = [];
}
