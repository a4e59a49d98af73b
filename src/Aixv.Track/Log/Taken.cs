namespace Aixv.Track.Log;

/// <summary>A unique key is taken by something else. Nothing was written.</summary>
/// <param name="Index">The log index of the entry that has it.</param>
/// <param name="Key">The key.</param>
internal sealed record Taken(long Index, string Key) : WriteOutcome
{
    public override string Word => "taken";
}
