namespace Aixv.Track.Indexing;

/// <summary>What a record is found by.</summary>
internal sealed record IndexTerm(string Field, string Value)
{
    /// <summary>As stored.</summary>
    public override string ToString() => $"{Field}={Value}";
}
