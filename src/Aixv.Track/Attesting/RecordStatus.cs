namespace Aixv.Track.Attesting;

/// <summary>The statuses of what is attested. Revoked is for ever; superseded stays good, with a warning.</summary>
internal static class RecordStatus
{
    public const string Attested = "attested";
    public const string Superseded = "superseded";
    public const string Revoked = "revoked";

    public static IReadOnlyList<string> All { get; } = [Attested, Superseded, Revoked];
}
