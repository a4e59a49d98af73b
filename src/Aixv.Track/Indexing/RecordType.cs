namespace Aixv.Track.Indexing;

/// <summary>What a record is. The number is stored; a new type takes a new number.</summary>
internal enum RecordType : byte
{
    Tenant = 1,
    ApiKey = 2,
    Agent = 3,
    Model = 4,
    Dataset = 5,
    Deployment = 6,
    TrainingRun = 7,
    Receipt = 8,
    Attestation = 9,
    Advisory = 10,
    Webhook = 11,
    ReceiptType = 12,
    Issuer = 13,
    AuditEvent = 14,
}
