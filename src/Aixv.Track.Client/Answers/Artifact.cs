namespace Aixv.Track.Client.Answers;

/// <summary>Everything known of a digest.</summary>
public sealed record Artifact(string Digest, string? Name, string Tier, int ParentCount, int ChildCount)
{
    public IReadOnlyList<ModelRecord> Models { get; init; } = [];

    public IReadOnlyList<DatasetRecord> Datasets { get; init; } = [];

    public IReadOnlyList<AttestationRecord> Attestations { get; init; } = [];

    public IReadOnlyList<LineageEdge> Parents { get; init; } = [];
}
