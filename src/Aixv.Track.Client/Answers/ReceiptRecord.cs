using System.Text.Json;

namespace Aixv.Track.Client.Answers;

/// <summary>A receipt; its proof bundle verifies offline.</summary>
public sealed record ReceiptRecord(string Id, string ReceiptType, string Status, DateTimeOffset IssuedAt, string TenantId, string? Subject, string PayloadHash, JsonElement Payload, LogPlace Log);
