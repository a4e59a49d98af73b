namespace Aixv.Track.Log;

/// <summary>The same was written before: a unique key, or the request's own, is taken with the same fingerprint. Nothing was written.</summary>
/// <param name="Index">The log index of the entry that has it.</param>
/// <param name="Key">The key that was found.</param>
internal sealed record Existing(long Index, string Key) : WriteOutcome
{
    public override string Word => "existing";
}
