namespace Aixv.Track.Client.Answers;

/// <summary>An attested dataset.</summary>
public sealed record DatasetRecord(
    string Id, string DatasetId, string AgentId, string Name, string Version, string? Hash, string? Format, string Status, string Tier, string ReceiptId, DateTimeOffset CreatedAt, LogPlace? Log);
