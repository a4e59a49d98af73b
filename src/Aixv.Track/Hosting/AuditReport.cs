namespace Aixv.Track.Hosting;

/// <summary>What an audit found.</summary>
/// <param name="Entries">The number of entries of the log.</param>
/// <param name="Checkpoint">The signed checkpoint that was audited: give it to the next audit.</param>
/// <param name="Faults">What is wrong; empty when log, blobs and index agree.</param>
public sealed record AuditReport(long Entries, string Checkpoint, IReadOnlyList<string> Faults);
