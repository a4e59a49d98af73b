using System.Collections.Immutable;
using Aixv.Protocol.Statements;

namespace Aixv.Protocol.Admission;

/// <summary>A decision that was made again.</summary>
/// <param name="Saved">What was decided.</param>
/// <param name="Decision">What comes out now.</param>
public sealed record Replay(SavedDecision Saved, AdmissionDecision Decision)
{
    private readonly bool isReproduced = SortedJson.Serialize(Saved.Decision).AsSpan().SequenceEqual(Decision.ToBytes());

    /// <summary>Whether the two are the same bytes.</summary>
    public bool IsReproduced => isReproduced;

    /// <summary>The members that differ, by name; empty when reproduced.</summary>
    public ImmutableArray<string> Differences
    {
        get
        {
            var now = Decision.ToJson();
            return
            [
                .. now.Select(member => member.Key).Union(Saved.Decision.Select(member => member.Key), StringComparer.Ordinal)
                    .Where(name => !SortedJson.Serialize(now[name]).AsSpan().SequenceEqual(SortedJson.Serialize(Saved.Decision[name])))
                    .Order(StringComparer.Ordinal),
            ];
        }
    }
}
