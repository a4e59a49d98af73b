namespace Aixv.Track.Pages;

/// <summary>What a badge says.</summary>
internal enum BadgeState
{
    Unknown = 0,
    Described,
    Identified,
    Attested,

    /// <summary>A recall of something that it was made of comes to it along signed statements.</summary>
    Affected,

    /// <summary>It is recalled itself.</summary>
    Recalled,
}
