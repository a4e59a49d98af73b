namespace Aixv.Track.Client.Requests;

/// <summary>A dataset to attest.</summary>
public sealed record DatasetRequest(string AgentId, string Name, string? Hash, string? Version = null, string? Format = null)
{
    public long? SizeBytes { get; init; }

    public long? RecordCount { get; init; }

    public string? SourceUri { get; init; }

    public IReadOnlyList<string>? ParentDatasetIds { get; init; }
}
