namespace Aixv.Cli.Publishing.Sending;

/// <summary>What became of one place to publish to.</summary>
internal enum SendingState
{
    /// <summary>A dry run: it would be sent.</summary>
    Planned,

    /// <summary>It was sent, and taken.</summary>
    Done,

    /// <summary>It is there already.</summary>
    Unchanged,

    /// <summary>The place refused it.</summary>
    Refused,

    /// <summary>The place could not be reached, or failed: nobody knows.</summary>
    Failed,
}
