namespace Aixv.Track.Attestations;

/// <summary>The statuses of indexed attestations. What was published stays: its tenant can only say that it no longer stands by it.</summary>
internal static class AttestationStatus
{
    public const string Active = "active";
    public const string Withdrawn = "withdrawn";

    public static IReadOnlyList<string> All { get; } = [Active, Withdrawn];
}
