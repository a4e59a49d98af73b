namespace Aixv.Cli.Importing.Graphs;

/// <summary>One reading of one input.</summary>
/// <param name="Input">What the input is known again by.</param>
/// <param name="Id">Names the run.</param>
/// <param name="Source">Whose graph.</param>
internal sealed record ImportRun(string Input, string Id, string Source)
{
    /// <summary>The number of the batch.</summary>
    public long Number { get; init; }

    /// <summary>How far it has come.</summary>
    public required ImportProgress Progress { get; init; }
}
