namespace Aixv.Cli.Publishing.Initialising;

/// <summary>What became of a file.</summary>
internal enum FileState
{
    /// <summary>It was not there.</summary>
    Written,

    /// <summary>Nobody had changed it, and there was something new to say.</summary>
    Updated,

    /// <summary>There was nothing new to say.</summary>
    Unchanged,

    /// <summary>Somebody had changed it, so it stays.</summary>
    Kept,
}
