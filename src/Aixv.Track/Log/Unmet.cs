using Aixv.Track.Indexing;

namespace Aixv.Track.Log;

/// <summary>A record that the entry depends on is missing or has another status. Nothing was written.</summary>
/// <param name="Requirement">What was required.</param>
/// <param name="Status">The status found; null when there is no such record.</param>
internal sealed record Unmet(Requirement Requirement, string? Status) : WriteOutcome
{
    public override string Word => "unmet";
}
