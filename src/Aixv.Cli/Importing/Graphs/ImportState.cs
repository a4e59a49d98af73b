namespace Aixv.Cli.Importing.Graphs;

/// <summary>What a registry has of an input.</summary>
/// <param name="Run">The run of its last batch, with how far that came.</param>
/// <param name="IsComplete">Whether that batch was the run's last.</param>
/// <param name="IsNewest">Whether nothing of the same source came after it.</param>
internal sealed record ImportState(ImportRun Run, bool IsComplete, bool IsNewest);
