namespace Aixv.Track.Indexing;

/// <summary>A record that was found by one of several terms.</summary>
/// <param name="Term">Which of the terms.</param>
/// <param name="Row">The record.</param>
internal sealed record FoundRow(int Term, RecordRow Row);
