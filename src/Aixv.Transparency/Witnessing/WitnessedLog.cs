using System.Collections.Immutable;
using Aixv.Transparency.Checkpoints;

namespace Aixv.Transparency.Witnessing;

/// <summary>A log that a witness knows.</summary>
/// <param name="Origin">The first line of its checkpoints.</param>
/// <param name="Keys">Any of them may sign; at least one.</param>
public sealed record WitnessedLog(string Origin, ImmutableArray<NoteVerifier> Keys)
{
    /// <summary>Logs by their C2SP verifier keys, whose names are the origins; keys of one name are of one log.</summary>
    /// <exception cref="FormatException">Not such a key.</exception>
    public static ImmutableArray<WitnessedLog> Parse(IEnumerable<string> verifierKeys) =>
        [.. verifierKeys.Select(NoteVerifier.Parse).GroupBy(key => key.Name!).Select(keys => new WitnessedLog(keys.Key, [.. keys]))];
}
