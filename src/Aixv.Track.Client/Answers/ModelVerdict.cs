namespace Aixv.Track.Client.Answers;

/// <summary>Whether a digest is attested and stands.</summary>
/// <param name="Verdict">VALID, SUPERSEDED, RECALLED, REVOKED or UNKNOWN.</param>
public sealed record ModelVerdict(string Verdict, string Hash, IReadOnlyList<VerdictReason> Reasons, IReadOnlyList<ModelRecord> Models);
