namespace Aixv.Track.Log;

/// <summary>What became of an entry: <see cref="Written"/>, <see cref="Existing"/>, <see cref="Taken"/> or <see cref="Unmet"/>.</summary>
internal abstract record WriteOutcome
{
    private protected WriteOutcome()
    {
    }

    /// <summary>The outcome in metrics.</summary>
    public abstract string Word { get; }
}
